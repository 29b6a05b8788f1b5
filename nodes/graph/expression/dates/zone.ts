import { Trouble } from '../errors.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
const MAX_REMEMBERED = 600

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  let made: Intl.DateTimeFormat
  try {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw new Trouble('type', `There is no time zone “${zone}”. Write one like “America/Sao_Paulo”`)
  }
  if (formats.size >= MAX_REMEMBERED) formats.clear()
  formats.set(zone, made)
  return made
}

/** Minutes that a zone's clocks are ahead of UTC at a moment. */
export function offsetAt(zone: string, ms: number): number {
  const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0))
  if (zone === 'UTC' || zone === 'Z' || zone === 'utc') return 0
  const field: Record<string, string> = {}
  for (const { type, value } of formatFor(zone).formatToParts(ms)) field[type] = value
  const year = field.era === 'BC' ? 1 - Number(field.year) : Number(field.year)
  const local = utc({
    year,
    month: Number(field.month),
    day: Number(field.day),
    hour: Number(field.hour),
    minute: Number(field.minute),
    second: Number(field.second),
    millisecond: 0,
  })
  return Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000)
}

export interface Fields {
  year: number
  /** From 1. */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

/** The moment at which UTC clocks show these fields; fields may overflow (month 13, day 0). */
export function utc(fields: Fields): number {
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day)
  date.setUTCHours(fields.hour, fields.minute, fields.second, fields.millisecond)
  return date.getTime()
}

export function fieldsAt(ms: number, offsetMinutes: number): Fields {
  const date = new Date(ms + offsetMinutes * 60_000)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

/**
 * The moment at which a zone's clocks show these fields. A time that a clock change skips moves forward by the
 * gap; one that occurs twice is the first of the two.
 */
export function momentIn(zone: string, fields: Fields): number {
  const local = utc(fields)
  const before = offsetAt(zone, local - 86_400_000)
  const after = offsetAt(zone, local + 86_400_000)
  const early = local - before * 60_000
  if (offsetAt(zone, early) === before) return early
  const late = local - after * 60_000
  return offsetAt(zone, late) === after ? late : early
}
