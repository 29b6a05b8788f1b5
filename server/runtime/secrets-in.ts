import { z } from 'zod'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import type { HttpRequest } from '#nodes/kit/http.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'

/** What of a request must not come back: the secret fields, and what the kind of connection made of them. */
export function secretsIn(about: {
  definition: AnyConnection
  fields: Json
  plain: HttpRequest
  attached: HttpRequest
}): string[] {
  const { definition, fields, plain, attached } = about
  const open = openFields(definition)
  const own = isJsonObject(fields) ? Object.entries(fields).filter(([name]) => !open.has(name)) : []
  const made = [
    ...added(plain.headers, attached.headers),
    ...added(plain.query, attached.query),
    ...added(queryOf(plain), queryOf(attached)),
  ]
  // `Basic dXNlcjpw…`: a server may repeat what follows the scheme alone.
  return [...own.flatMap(([, value]) => textsIn(value)), ...made, ...made.flatMap(afterScheme)]
}

const Fields = z.object({ properties: z.record(z.string(), z.object({ secret: z.boolean().optional() })) })

/** Fields whose meta says `secret: false`. */
function openFields({ fields }: AnyConnection): Set<string> {
  const { data } = Fields.safeParse(z.toJSONSchema(fields, { io: 'output', unrepresentable: 'any' }))
  return new Set(
    Object.entries(data?.properties ?? {}).flatMap(([name, { secret }]) => (secret === false ? [name] : [])),
  )
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function added(before: Record<string, string> = {}, after: Record<string, string> = {}): string[] {
  return Object.entries(after).flatMap(([name, value]) =>
    Object.hasOwn(before, name) && before[name] === value ? [] : [value],
  )
}

const queryOf = ({ url }: HttpRequest) => Object.fromEntries(new URL(url).searchParams)

function afterScheme(value: string): string[] {
  const [, credential] = /^[A-Za-z]+ +(\S+)$/.exec(value) ?? []
  return credential === undefined ? [] : [credential]
}
