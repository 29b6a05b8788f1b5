import type { Json } from '#nodes/kit/index.ts'

/** A value in one short line: long texts and lists are cut, and said to be. */
export function previewText(value: Json, max = 80): string {
  if (typeof value === 'string') return cut(JSON.stringify(value.slice(0, max + 1)), max)
  if (Array.isArray(value)) return value.length === 0 ? '[]' : cut(`[${inner(value, max)}]`, max)
  if (value === null || typeof value !== 'object') return String(value)
  const fields = Object.entries(value).slice(0, 12)
  return cut(`{${fields.map(([key, field]) => `${key}: ${previewText(field, 24)}`).join(', ')}}`, max)
}

/** The same without the quotes of a text, as pills show it. */
export const pillText = (value: Json, max = 28) =>
  typeof value === 'string' ? cut(value.replace(/\s+/g, ' '), max) : previewText(value, max)

const inner = (list: Json[], max: number) =>
  list
    .slice(0, 12)
    .map((element) => previewText(element, Math.min(24, max)))
    .join(', ')

const cut = (text: string, max: number) => (text.length > max ? `${text.slice(0, max - 1)}…` : text)
