import { isJsonObject, type Json } from '#nodes/kit/json.ts'

export type Scalar = string | number | boolean | null

const MOST = 30

/** The fields of an object that holds only texts, numbers and the like; null for anything else. */
export function flatFields(value: Json | undefined): [name: string, value: Scalar][] | null {
  if (!isJsonObject(value)) return null
  const fields = Object.entries(value)
  if (fields.length === 0 || fields.length > MOST) return null
  const flat = fields.flatMap(([name, own]) =>
    typeof own === 'object' && own !== null ? [] : [[name, own] satisfies [string, Scalar]],
  )
  return flat.length === fields.length ? flat : null
}

/** Of a changed list of plain values only what is not as it was; anything else whole. */
export function changes(before: Json | undefined, after: Json): Json {
  const old = flatFields(before)
  const now = flatFields(after)
  if (!old || !now) return after
  const values = new Map(old)
  return Object.fromEntries(now.filter(([name, value]) => values.get(name) !== value))
}

/** What was typed into the field of a value, of the value's own kind where it can be. */
export function typed(before: Scalar, text: string): Scalar {
  if (typeof before !== 'number') return text
  const number = Number(text.replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(number) ? number : text
}

/** `unitPrice`, `unit_price`: `Unit price`. */
export function fieldTitle(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
