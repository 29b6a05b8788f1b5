import type { ConnectionKind } from './row.ts'

/** One field of a credential, read from its kind's JSON Schema. */
export interface SecretField {
  name: string
  title: string
  placeholder: string | undefined
  secret: boolean
  required: boolean
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields in the order of the schema; all texts, and secret unless the schema says otherwise. */
export function fieldsOf(kind: ConnectionKind): SecretField[] {
  const { properties, required } = kind.fields
  if (!isObject(properties)) return []
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.entries(properties).map(([name, schema]) => {
    const about = isObject(schema) ? schema : {}
    return {
      name,
      title: typeof about.title === 'string' ? about.title : name,
      placeholder: typeof about.placeholder === 'string' ? about.placeholder : undefined,
      secret: about.secret !== false,
      required: needed.includes(name),
    }
  })
}

/** Hosts as one types them: one a line, or with commas or spaces between. */
export function hostsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
}

/** The first that cannot be a host: an address with a scheme, a path or a port. The server looks closer. */
export function wrongHost(hosts: readonly string[]): string | undefined {
  return hosts.find((host) => /[/?#@\\]|:\d+$/.test(host) && !host.startsWith('['))
}
