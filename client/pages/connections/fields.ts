import type { ConnectionKind } from './row.ts'

/** One field of a credential, read from its kind's JSON Schema. */
export interface SecretField {
  name: string
  title: string
  help: string | undefined
  placeholder: string | undefined
  secret: boolean
  required: boolean
  /** One of these, where it is a choice. */
  options: { value: string; label: string }[] | undefined
  multiline: boolean
  /** What it is before anything is typed. */
  initial: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** The fields in the order of the schema; texts and choices, and secret unless the schema says otherwise. */
export function fieldsOf(kind: ConnectionKind): SecretField[] {
  const { properties, required } = kind.fields
  if (!isObject(properties)) return []
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.entries(properties).map(([name, schema]) => {
    const about = isObject(schema) ? schema : {}
    return {
      name,
      title: textOf(about.title) ?? name,
      help: textOf(about.description),
      placeholder: textOf(about.placeholder),
      secret: about.secret !== false,
      required: needed.includes(name),
      options: optionsOf(about),
      multiline: about.widget === 'multiline',
      initial: textOf(about.default) ?? '',
    }
  })
}

function optionsOf({ enum: values, options }: Record<string, unknown>): SecretField['options'] {
  if (!Array.isArray(values)) return undefined
  const labels = isObject(options) ? options : {}
  return values.flatMap((value: unknown) =>
    typeof value === 'string' ? [{ value, label: textOf(labels[value]) ?? value }] : [],
  )
}

/** What a form begins with. */
export const initialValues = (fields: readonly SecretField[]): Record<string, string> =>
  Object.fromEntries(
    fields.filter(({ initial }) => initial !== '').map(({ name, initial }) => [name, initial]),
  )

/** What is sent: a field that was left empty is not there, rather than empty. */
export const filledIn = (fields: readonly SecretField[], values: Readonly<Record<string, string>>) =>
  Object.fromEntries(fields.flatMap(({ name }) => (values[name] ? [[name, values[name]] as const] : [])))

/** Hosts as one types them: one a line, or with commas or spaces between. */
export function hostsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
}

/** The first that cannot be a host: an address with a scheme, a path or a port. The server looks closer. */
export function wrongHost(hosts: readonly string[]): string | undefined {
  return hosts.find((host) => /[/?#@\\]|:\d+$/.test(host) && !host.startsWith('['))
}
