import { Trouble } from '../errors.ts'
import type { JsonObject } from '../value.ts'
import { daysInMonth, fieldsOf, type Moment, withFields } from './moment.ts'

const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const
export type Unit = (typeof units)[number]

const milliseconds = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
} as const

export function readUnit(text: string): Unit {
  const singular = text.toLowerCase().replace(/s$/, '')
  const unit = units.find((known) => known === singular)
  if (unit) return unit
  throw new Trouble('type', `There is no unit “${text}”. Units are ${units.join(', ')}`)
}

/** Calendar units keep the time of day on the zone's clock; the last day of a month stays within it. */
export function add(moment: Moment, amount: number, unit: Unit): Moment {
  switch (unit) {
    case 'year':
      return addMonths(moment, amount * 12)
    case 'quarter':
      return addMonths(moment, amount * 3)
    case 'month':
      return addMonths(moment, amount)
    case 'week':
      return addDays(moment, amount * 7)
    case 'day':
      return addDays(moment, amount)
    case 'hour':
    case 'minute':
    case 'second':
    case 'millisecond':
      return { ...moment, ms: moment.ms + Math.round(amount * milliseconds[unit]) }
    default:
      return unit satisfies never
  }
}

function addMonths(moment: Moment, amount: number): Moment {
  const fields = fieldsOf(moment)
  const months = fields.year * 12 + fields.month - 1 + Math.trunc(amount)
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return withFields(moment, { ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) })
}

function addDays(moment: Moment, amount: number): Moment {
  const whole = Math.trunc(amount)
  const fields = fieldsOf(moment)
  const moved = withFields(moment, { ...fields, day: fields.day + whole })
  return { ...moved, ms: moved.ms + Math.round((amount - whole) * milliseconds.day) }
}

/** `plus({ days: 1, hours: 2 })` in order of size. */
export function addAll(moment: Moment, amounts: JsonObject, sign: 1 | -1): Moment {
  const wanted = new Map<Unit, number>()
  for (const [key, amount] of Object.entries(amounts)) {
    if (typeof amount !== 'number') throw new Trouble('type', `The amount of ${key} is not a number`)
    wanted.set(readUnit(key), amount)
  }
  return units.reduce((at, unit) => add(at, sign * (wanted.get(unit) ?? 0), unit), moment)
}

export function startOf(moment: Moment, unit: Unit): Moment {
  const fields = fieldsOf(moment)
  const cleared = { ...fields }
  const order = ['millisecond', 'second', 'minute', 'hour'] as const
  for (const smaller of order) {
    if (smaller === unit) return withFields(moment, cleared)
    cleared[smaller] = 0
  }
  if (unit === 'week') cleared.day -= weekday(moment) - 1
  if (unit === 'month' || unit === 'quarter' || unit === 'year') cleared.day = 1
  if (unit === 'quarter') cleared.month -= (cleared.month - 1) % 3
  if (unit === 'year') cleared.month = 1
  return withFields(moment, cleared)
}

export function endOf(moment: Moment, unit: Unit): Moment {
  const next = startOf(add(startOf(moment, unit), 1, unit), unit)
  return { ...next, ms: next.ms - 1, dayOnly: false }
}

/** 1 is Monday, 7 is Sunday. */
export function weekday(moment: Moment): number {
  const { year, month, day } = fieldsOf(moment)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCDay() || 7
}

export function dayOfYear(moment: Moment): number {
  const { year, month, day } = fieldsOf(moment)
  let count = day
  for (let before = 1; before < month; before += 1) count += daysInMonth(year, before)
  return count
}

/** ISO week: the one that holds the year's first Thursday is week 1. */
export function weekNumber(moment: Moment): number {
  const thursday = addDays(moment, 4 - weekday(moment))
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

/** From `from` to `to`. Months and longer in whole ones; shorter units with their fraction. */
export function difference(to: Moment, from: Moment, unit: Unit): number {
  if (unit !== 'year' && unit !== 'quarter' && unit !== 'month') return (to.ms - from.ms) / milliseconds[unit]
  const later = fieldsOf({ ...to, zone: from.zone })
  const earlier = fieldsOf(from)
  let months = (later.year - earlier.year) * 12 + later.month - earlier.month
  if (months > 0 && addMonths(from, months).ms > to.ms) months -= 1
  if (months < 0 && addMonths(from, months).ms < to.ms) months += 1
  const size = unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1
  return Math.trunc(months / size) + 0
}

/** The moment with some of its clock's fields set; those that do not exist are refused. */
export function setFields(moment: Moment, wanted: JsonObject): Moment {
  const fields = fieldsOf(moment)
  for (const [key, value] of Object.entries(wanted)) {
    const unit = readUnit(key)
    if (unit === 'week' || unit === 'quarter') throw new Trouble('type', `“${key}” cannot be set`)
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw new Trouble('type', `${key} is not a whole number`)
    fields[unit] = value
  }
  const { year, month, day, hour, minute, second, millisecond } = fields
  const inside =
    month >= 1 && month <= 12 && day >= 1 && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59
  if (
    !inside ||
    second < 0 ||
    second > 59 ||
    millisecond < 0 ||
    millisecond > 999 ||
    day > daysInMonth(year, month)
  )
    throw new Trouble('type', 'There is no such date')
  return withFields(moment, fields)
}
