import pg from 'pg'
import type { Json } from '#nodes/kit/json.ts'

const { builtins } = pg.types

/** Digits a JavaScript number holds exactly. */
const EXACT_DIGITS = 15

/** A number where it is exact, else its digits as text: a sum of money must not change on the way. */
const exact = (text: string): Json => {
  const digits = text.replace(/^-?0*\.?0*|\D/g, '').length
  const number = Number(text)
  return digits <= EXACT_DIGITS && Number.isFinite(number) ? number : text
}

const asIs = (text: string) => text
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, exact],
  [builtins.NUMERIC, exact],
  [builtins.DATE, asIs],
  [builtins.TIMESTAMP, (text) => text.replace(' ', 'T')],
  [builtins.INTERVAL, asIs],
  [builtins.TIME, asIs],
  [builtins.TIMETZ, asIs],
])

/** How what the database writes is read; the rest as `pg` does. */
export const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format ?? 'text'),
}

/** Data that history can hold: moments as ISO text, bytes as base64. */
export function jsonOf(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Buffer.isBuffer(value)) return value.toString('base64')
  if (Array.isArray(value)) return value.map(jsonOf)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonOf(one)]))
  return String(value)
}
