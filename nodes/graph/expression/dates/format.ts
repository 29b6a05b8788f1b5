import type { Budget } from '../budget.ts'
import { Trouble } from '../errors.ts'
import { dateFormat } from '../locale.ts'
import { Pattern } from '../pattern.ts'
import { dayOfYear, weekday, weekNumber } from './arithmetic.ts'
import { daysInMonth, fieldsOf, type Moment, offsetOf, offsetText, pad } from './moment.ts'
import { momentIn } from './zone.ts'

// Longest first. Words in 'quotes' or [brackets] stay; so does what is not a token.
const token =
  /'([^']*)'|\[([^\]]*)\]|YYYY|yyyy|YY|yy|MMMM|MMM|MM|M|LLLL|LLL|LL|L|dddd|ddd|DD|dd|D|d|EEEE|EEE|E|cccc|ccc|c|HH|H|hh|h|mm|m|ss|s|SSS|S|ZZZ|ZZ|Z|z|A|a|WW|W|ooo|o|q|X|x/g

/** Writes a date after a pattern such as `dd/MM/yyyy HH:mm`. */
export function formatDate(moment: Moment, pattern: string, locale: string): string {
  if (pattern.length > 200) throw new Trouble('type', 'A date format has at most 200 characters')
  return pattern.replace(token, (found, quoted?: string, bracketed?: string) => {
    return quoted ?? bracketed ?? formatToken(moment, found, locale)
  })
}

function formatToken(moment: Moment, found: string, locale: string): string {
  const { year, month, day, hour, minute, second, millisecond } = fieldsOf(moment)
  const offset = offsetOf(moment)
  switch (found) {
    case 'YYYY':
    case 'yyyy':
      return pad(year, 4)
    case 'YY':
    case 'yy':
      return pad(year % 100)
    case 'MMMM':
    case 'LLLL':
      return nameOf(moment, { month: 'long' }, locale)
    case 'MMM':
    case 'LLL':
      return nameOf(moment, { month: 'short' }, locale)
    case 'MM':
    case 'LL':
      return pad(month)
    case 'M':
    case 'L':
      return String(month)
    case 'DD':
    case 'dd':
      return pad(day)
    case 'D':
    case 'd':
      return String(day)
    case 'dddd':
    case 'EEEE':
    case 'cccc':
      return nameOf(moment, { weekday: 'long' }, locale)
    case 'ddd':
    case 'EEE':
    case 'ccc':
      return nameOf(moment, { weekday: 'short' }, locale)
    case 'E':
    case 'c':
      return String(weekday(moment))
    case 'HH':
      return pad(hour)
    case 'H':
      return String(hour)
    case 'hh':
      return pad(hour % 12 || 12)
    case 'h':
      return String(hour % 12 || 12)
    case 'mm':
      return pad(minute)
    case 'm':
      return String(minute)
    case 'ss':
      return pad(second)
    case 's':
      return String(second)
    case 'SSS':
      return pad(millisecond, 3)
    case 'S':
      return String(millisecond)
    case 'ZZZ':
      return offsetText(offset, '')
    case 'ZZ':
      return offsetText(offset)
    case 'Z':
      return offset === 0 ? 'Z' : offsetText(offset)
    case 'z':
      return moment.zone
    case 'A':
    case 'a':
      return hour < 12 ? 'AM' : 'PM'
    case 'WW':
      return pad(weekNumber(moment))
    case 'W':
      return String(weekNumber(moment))
    case 'ooo':
      return pad(dayOfYear(moment), 3)
    case 'o':
      return String(dayOfYear(moment))
    case 'q':
      return String(Math.ceil(month / 3))
    case 'X':
      return String(Math.floor(moment.ms / 1000))
    case 'x':
      return String(moment.ms)
    default:
      return found
  }
}

function nameOf(moment: Moment, options: { month?: string; weekday?: string }, locale: string): string {
  // The clock's own fields, named as if they were UTC.
  return dateFormat(locale, options).format(moment.ms + offsetOf(moment) * 60_000)
}

const readers: Record<string, [field: string, pattern: string]> = {
  yyyy: ['year', '(\\d{4})'],
  YYYY: ['year', '(\\d{4})'],
  MM: ['month', '(\\d{2})'],
  M: ['month', '(\\d{1,2})'],
  dd: ['day', '(\\d{2})'],
  DD: ['day', '(\\d{2})'],
  d: ['day', '(\\d{1,2})'],
  D: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{2})'],
  H: ['hour', '(\\d{1,2})'],
  hh: ['hour', '(\\d{2})'],
  h: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{2})'],
  m: ['minute', '(\\d{1,2})'],
  ss: ['second', '(\\d{2})'],
  SSS: ['millisecond', '(\\d{3})'],
  a: ['half', '([AaPp][Mm])'],
  A: ['half', '([AaPp][Mm])'],
  MMM: ['name', '([A-Za-z]{3})'],
  MMMM: ['name', '([A-Za-z]{3,9})'],
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Reads a date written after a pattern; English month names. */
export function readFormatted(
  text: string,
  { pattern, zone, budget }: { pattern: string; zone: string; budget: Budget },
): Moment {
  if (pattern.length > 200 || text.length > 200) throw new Trouble('type', 'This date is too long')
  const order: string[] = []
  const escaped = pattern.replace(
    /yyyy|YYYY|MMMM|MMM|MM|M|dd|DD|d|D|HH|H|hh|h|mm|m|ss|SSS|a|A|[^A-Za-z0-9\s]|\s+|./g,
    (part) => {
      const reader = readers[part]
      if (!reader) return /\s/.test(part) ? '\\s+' : part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      order.push(reader[0])
      return reader[1]
    },
  )
  const found = new Pattern(`^${escaped}$`, '').first(text.trim(), budget)?.groups
  if (!found) throw new Trouble('type', `“${text.slice(0, 40)}” is not a date written like ${pattern}`)
  const value = new Map(order.map((field, at) => [field, found[at + 1] ?? '']))
  const named = months.indexOf((value.get('name') ?? '').slice(0, 3).toLowerCase()) + 1
  const hour = Number(value.get('hour') ?? 0)
  const half = value.get('half')?.toLowerCase()
  const fields = {
    year: Number(value.get('year') ?? 1970),
    month: value.has('name') ? named : Number(value.get('month') ?? 1),
    day: Number(value.get('day') ?? 1),
    hour: half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour,
    minute: Number(value.get('minute') ?? 0),
    second: Number(value.get('second') ?? 0),
    millisecond: Number(value.get('millisecond') ?? 0),
  }
  const { year, month, day } = fields
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysInMonth(year, month) ||
    fields.hour > 23 ||
    fields.minute > 59
  )
    throw new Trouble('type', `There is no such date: ${text.slice(0, 40)}`)
  return { ms: momentIn(zone, fields), zone, dayOnly: !value.has('hour') }
}
