import { Trouble } from '../errors.ts'
import { type Fields, fieldsAt, momentIn, offsetAt, utc } from './zone.ts'

/** A date as an expression holds it: ISO text. Read into this, changed, and written back. */
export interface Moment {
  ms: number
  /** A zone's name or `+HH:MM`: the clock its fields are read from. */
  zone: string
  /** It was written as a day alone, and is written back so while it is at midnight. */
  dayOnly: boolean
}

const iso =
  /^(\d{4}|[+-]\d{6})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/

const MAX_MS = 8.64e15

/** Reads ISO text; null when it is something else. A text without an offset is read in `zone`. */
export function readIso(text: string, zone = 'UTC'): Moment | null {
  const parts = text.length > 40 ? null : iso.exec(text)
  if (!parts) return null
  const [, year, month, day = '01', hour, minute, second = '0', fraction = '0', offset] = parts
  const fields: Fields = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second),
    millisecond: Math.floor(Number(`0.${fraction}`) * 1000),
  }
  if (!exists(fields)) return null
  const own = offset === undefined ? zone : offset.toUpperCase() === 'Z' ? 'UTC' : offsetName(offset)
  const ms = momentIn(own, fields)
  return Math.abs(ms) <= MAX_MS ? { ms, zone: own, dayOnly: hour === undefined } : null
}

function offsetName(written: string): string {
  const digits = written.replace(':', '')
  return `${digits.slice(0, 3)}:${digits.slice(3) || '00'}`
}

function exists({ year, month, day, hour, minute, second }: Fields): boolean {
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 59) return false
  return day <= daysInMonth(year, month)
}

export function daysInMonth(year: number, month: number): number {
  return fieldsAt(utc({ year, month: month + 1, day: 0, hour: 0, minute: 0, second: 0, millisecond: 0 }), 0)
    .day
}

/** Reads a date or says what one looks like. */
export function readDate(text: string, zone?: string): Moment {
  const moment = readIso(text, zone)
  if (moment) return moment
  throw new Trouble(
    'type',
    `“${text.slice(0, 40)}” is not a date like 2026-01-31 or 2026-01-31T09:00:00Z. Read other forms with date(text, "dd/MM/yyyy")`,
  )
}

export function offsetOf(moment: Moment): number {
  return offsetAt(moment.zone, moment.ms)
}

export function fieldsOf(moment: Moment): Fields {
  return fieldsAt(moment.ms, offsetOf(moment))
}

export function withFields(moment: Moment, fields: Fields): Moment {
  return { ...moment, ms: momentIn(moment.zone, fields) }
}

export function pad(value: number, length = 2): string {
  return String(Math.abs(value)).padStart(length, '0')
}

export function offsetText(minutes: number, colon = ':'): string {
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(minutes / 60))}${colon}${pad(minutes % 60)}`
}

/** Writes the date back, on the clock of its zone. */
export function writeIso(moment: Moment): string {
  if (!(Math.abs(moment.ms) <= MAX_MS)) throw new Trouble('type', 'This date is out of range')
  const offset = offsetOf(moment)
  const { year, month, day, hour, minute, second, millisecond } = fieldsAt(moment.ms, offset)
  const years = year >= 0 && year <= 9999 ? pad(year, 4) : `${year < 0 ? '-' : '+'}${pad(year, 6)}`
  const date = `${years}-${pad(month)}-${pad(day)}`
  if (moment.dayOnly && hour + minute + second + millisecond === 0) return date
  const time = `${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(millisecond, 3)}`
  return `${date}T${time}${offset === 0 ? 'Z' : offsetText(offset)}`
}

export function isoOf(ms: number): string {
  return writeIso({ ms, zone: 'UTC', dayOnly: false })
}
