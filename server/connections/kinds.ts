import { connections } from '#nodes/catalog.ts'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import { Json, z } from '#nodes/kit/index.ts'
import { issuesOf } from '#server/db/issues.ts'
import { AppError } from '#server/errors.ts'

/** The kinds of credential there are, with their fields as JSON Schema for a form. */
export const connectionKinds = connections.map(
  ({ id, title, summary, icon, fields, hosts, oauth2, test, limits = {} }) => {
    const { $schema: _, ...schema } = z.toJSONSchema(fields, { io: 'input', target: 'draft-2020-12' })
    return {
      id,
      title,
      summary,
      icon,
      fields: z.record(z.string(), Json).parse(JSON.parse(JSON.stringify(schema))),
      /** The kind says where it may be sent; else the tenant does. */
      fixedHosts: hosts !== undefined,
      /** Somebody signs in to it after it is made. */
      signsIn: oauth2 !== undefined,
      /** What its service is known to allow; a connection may say otherwise. */
      limits,
      /** It can be tried by itself. */
      tests: test !== undefined,
    }
  },
)

const byId = new Map<string, AnyConnection>(connections.map((kind) => [kind.id, kind]))

/** The secret fields as the kind wants them, or `invalid`. Values are never repeated in a message. */
export function fieldsOf(kindId: string, fields: unknown): Json {
  const parsed = kindOf(kindId).fields.safeParse(fields)
  if (parsed.success) return Json.parse(parsed.data)
  const issues = issuesOf(parsed.error).map(({ path, message }) => ({
    path: path ? `fields.${path}` : 'fields',
    message,
  }))
  throw new AppError('invalid', `The fields of the connection are not valid: ${issues[0]?.path ?? ''}`, {
    issues,
  })
}

/** The kind, or `invalid` naming those there are. */
export function kindOf(id: string): AnyConnection {
  const found = byId.get(id)
  if (found) return found
  const message = `There is no kind of connection ${id}; there are ${[...byId.keys()].join(', ')}`
  throw new AppError('invalid', message, { issues: [{ path: 'kind', message }] })
}
