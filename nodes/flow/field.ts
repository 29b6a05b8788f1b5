import type { Json } from '../kit/index.ts'

/** The value at a path such as `customer.emails.0`, by own keys only; null when there is none. */
export function fieldOf(element: Json, path: string): Json {
  if (path === '') return element
  let value: Json = element
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return null
    const entry: Json | undefined = Array.isArray(value) ? value[Number(part)] : value[part]
    value = entry ?? null
  }
  return value
}
