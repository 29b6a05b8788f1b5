import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'

/** Where a connection may be sent, by its kind; null where the tenant says. */
export function hostsOf({ hosts }: AnyConnection, fields: Json): string[] | null {
  if (!hosts) return null
  const named = hosts.map((written) =>
    written.replace(/\{(\w+)\}/g, (_, name: string) =>
      hostIn(isJsonObject(fields) && Object.hasOwn(fields, name) ? fields[name] : undefined),
    ),
  )
  // What stands for nothing allows nothing; an empty name is no host.
  return [...new Set(named.filter((host) => host !== ''))]
}

/** A host as it is written, or that of an address, with its port. */
function hostIn(value: Json | undefined): string {
  if (typeof value !== 'string') return ''
  const text = value.trim()
  if (!text.includes('://')) return text.toLowerCase()
  return URL.canParse(text) ? new URL(text).host : ''
}
