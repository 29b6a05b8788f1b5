import type { Json } from '../../../kit/json.ts'
import {
  add,
  addAll,
  difference,
  endOf,
  readUnit,
  setFields,
  startOf,
  weekday,
  weekNumber,
} from '../dates/arithmetic.ts'
import { formatDate } from '../dates/format.ts'
import { fieldsOf, isoOf, type Moment, offsetOf, readDate, readIso, writeIso } from '../dates/moment.ts'
import { offsetAt } from '../dates/zone.ts'
import { dateFormat, localeOf } from '../locale.ts'
import { isObject, type JsonObject } from '../value.ts'
import { type Args, asText, type Method, row } from './method.ts'

/** Text that is read as a date: a text without an offset is UTC. */
function date(
  signature: string,
  doc: string,
  example: string,
  run: (self: Moment, args: Args) => Json,
): Method {
  return row((value) => readDate(asText(value)), { signature, doc, example, run })
}

/** The moment on the clock of the zone that an argument names, if it does. */
function onClock(moment: Moment, args: Args, at: number): Moment {
  if (!args.has(at)) return moment
  const zone = args.text(at)
  offsetAt(zone, moment.ms)
  return { ...moment, zone }
}

function other(self: Moment, args: Args): Moment {
  return readDate(args.text(0), self.zone)
}

function shifted(self: Moment, args: Args, sign: 1 | -1): string {
  const amount = args.any(0)
  const moment = onClock(self, args, 2)
  if (isObject(amount)) return writeIso(addAll(onClock(self, args, 1), amount, sign))
  return writeIso(add(moment, sign * args.number(0), readUnit(args.text(1, 'millisecond'))))
}

function shown(self: Moment, args: Args, style: JsonObject): string {
  const options = args.has(1) ? args.object(1) : style
  // An offset is no zone to Intl: the clock's own fields are shown as if they were UTC.
  const own = typeof options.timeZone === 'string' ? self.ms : self.ms + offsetOf(self) * 60_000
  return dateFormat(localeOf(args, 0), options).format(own)
}

export const dateMethods: readonly Method[] = [
  date(
    'format(pattern: string, zone?: string, locale?: string): string',
    'Written after a pattern: yyyy MM dd HH mm ss, MMMM for the month’s name, EEEE for the weekday’s.',
    `'2026-03-09T15:05:00Z'.format('dd/MM/yyyy HH:mm', 'America/Sao_Paulo') → "09/03/2026 12:05"`,
    (self, args) => formatDate(onClock(self, args, 1), args.text(0, 'yyyy-MM-dd'), localeOf(args, 2)),
  ),
  date(
    'toFormat(pattern: string, zone?: string, locale?: string): string',
    'The same as format().',
    `'2026-03-09'.toFormat('d MMM yyyy') → "9 Mar 2026"`,
    (self, args) => formatDate(onClock(self, args, 1), args.text(0), localeOf(args, 2)),
  ),
  date(
    'plus(amount: number | object, unit?: string, zone?: string): date',
    'Later by so many days, months, hours …; or plus({ days: 1, hours: 2 }).',
    `'2026-01-31'.plus(1, 'month') → "2026-02-28"`,
    (self, args) => shifted(self, args, 1),
  ),
  date(
    'minus(amount: number | object, unit?: string, zone?: string): date',
    'Earlier by so many days, months, hours …; or minus({ days: 1, hours: 2 }).',
    `'2026-03-31'.minus(1, 'month') → "2026-02-28"`,
    (self, args) => shifted(self, args, -1),
  ),
  date(
    'diff(other: date, unit?: string): number',
    'How long after the other date it is: in milliseconds, or in the unit given (whole months and years).',
    `'2026-03-09'.diff('2026-03-01', 'days') → 8`,
    (self, args) => difference(self, other(self, args), readUnit(args.text(1, 'millisecond'))),
  ),
  date(
    'diffToNow(unit?: string): number',
    'How long until it, from now; negative when it has passed.',
    `now.diffToNow('days') → 0`,
    (self, args) =>
      difference(
        self,
        { ms: args.nowMs, zone: self.zone, dayOnly: false },
        readUnit(args.text(0, 'millisecond')),
      ),
  ),
  date(
    'startOf(unit: string, zone?: string): date',
    'The start of its day, week (Monday), month, year ….',
    `'2026-03-09T15:05:00Z'.startOf('month') → "2026-03-01T00:00:00.000Z"`,
    (self, args) => writeIso(startOf(onClock(self, args, 1), readUnit(args.text(0)))),
  ),
  date(
    'endOf(unit: string, zone?: string): date',
    'The last millisecond of its day, week, month, year ….',
    `'2026-02-09T15:05:00Z'.endOf('month') → "2026-02-28T23:59:59.999Z"`,
    (self, args) => writeIso(endOf(onClock(self, args, 1), readUnit(args.text(0)))),
  ),
  date(
    'set(fields: object, zone?: string): date',
    'With some of year, month, day, hour, minute, second and millisecond set.',
    `'2026-03-09T15:05:00Z'.set({ hour: 9, minute: 0 }) → "2026-03-09T09:00:00.000Z"`,
    (self, args) => writeIso({ ...setFields(onClock(self, args, 1), args.object(0)), dayOnly: self.dayOnly }),
  ),
  date(
    'isWeekend(zone?: string): boolean',
    'Whether it is a Saturday or Sunday.',
    `'2026-03-08'.isWeekend() → true`,
    (self, args) => weekday(onClock(self, args, 0)) > 5,
  ),
  date(
    'getSeconds(): number',
    'Its second.',
    `'2026-03-09T15:05:07Z'.getSeconds() → 7`,
    (self) => fieldsOf(self).second,
  ),
  date(
    'setZone(zone: string): date',
    'The same moment on the clock of a zone.',
    `'2026-03-09T15:00:00Z'.setZone('America/Sao_Paulo') → "2026-03-09T12:00:00.000-03:00"`,
    (self, args) => writeIso({ ...onClock(self, args, 0), dayOnly: false }),
  ),
  date(
    'toUTC(): date',
    'The same moment in UTC.',
    `'2026-03-09T12:00-03:00'.toUTC() → "2026-03-09T15:00:00.000Z"`,
    (self) => isoOf(self.ms),
  ),
  date('toISO(): string', 'As full ISO text.', `'2026-03-09'.toISO() → "2026-03-09T00:00:00.000Z"`, (self) =>
    writeIso({ ...self, dayOnly: false }),
  ),
  date(
    'toISOString(): string',
    'As full ISO text in UTC.',
    `'2026-03-09T12:00-03:00'.toISOString() → "2026-03-09T15:00:00.000Z"`,
    (self) => isoOf(self.ms),
  ),
  date('toISODate(): string', 'Its day alone.', `'2026-03-09T15:00:00Z'.toISODate() → "2026-03-09"`, (self) =>
    formatDate(self, 'yyyy-MM-dd', 'en'),
  ),
  date(
    'toMillis(): number',
    'Milliseconds since 1970.',
    `'1970-01-01T00:00:01Z'.toMillis() → 1000`,
    (self) => self.ms,
  ),
  date(
    'getTime(): number',
    'Milliseconds since 1970.',
    `'1970-01-01T00:00:01Z'.getTime() → 1000`,
    (self) => self.ms,
  ),
  date(
    'toSeconds(): number',
    'Seconds since 1970.',
    `'1970-01-01T00:00:01Z'.toSeconds() → 1`,
    (self) => self.ms / 1000,
  ),
  date(
    'year(zone?: string): number',
    'Its year.',
    `'2026-03-09'.year() → 2026`,
    (self, args) => fieldsOf(onClock(self, args, 0)).year,
  ),
  date(
    'month(zone?: string): number',
    'Its month, from 1.',
    `'2026-03-09'.month() → 3`,
    (self, args) => fieldsOf(onClock(self, args, 0)).month,
  ),
  date(
    'day(zone?: string): number',
    'Its day of the month.',
    `'2026-03-09'.day() → 9`,
    (self, args) => fieldsOf(onClock(self, args, 0)).day,
  ),
  date(
    'hour(zone?: string): number',
    'Its hour, 0 to 23.',
    `'2026-03-09T15:05:00Z'.hour() → 15`,
    (self, args) => fieldsOf(onClock(self, args, 0)).hour,
  ),
  date(
    'minute(): number',
    'Its minute.',
    `'2026-03-09T15:05:00Z'.minute() → 5`,
    (self) => fieldsOf(self).minute,
  ),
  date(
    'second(): number',
    'Its second.',
    `'2026-03-09T15:05:07Z'.second() → 7`,
    (self) => fieldsOf(self).second,
  ),
  date(
    'weekday(zone?: string): number',
    'Its day of the week: 1 is Monday, 7 is Sunday.',
    `'2026-03-09'.weekday() → 1`,
    (self, args) => weekday(onClock(self, args, 0)),
  ),
  date('weekNumber(): number', 'Its ISO week of the year.', `'2026-03-09'.weekNumber() → 11`, (self) =>
    weekNumber(self),
  ),
  date(
    'getFullYear(): number',
    'Its year.',
    `'2026-03-09'.getFullYear() → 2026`,
    (self) => fieldsOf(self).year,
  ),
  date(
    'getMonth(): number',
    'Its month, from 0 as in JavaScript.',
    `'2026-03-09'.getMonth() → 2`,
    (self) => fieldsOf(self).month - 1,
  ),
  date(
    'getDate(): number',
    'Its day of the month.',
    `'2026-03-09'.getDate() → 9`,
    (self) => fieldsOf(self).day,
  ),
  date(
    'getDay(): number',
    'Its day of the week: 0 is Sunday.',
    `'2026-03-09'.getDay() → 1`,
    (self) => weekday(self) % 7,
  ),
  date(
    'getHours(): number',
    'Its hour.',
    `'2026-03-09T15:05:00Z'.getHours() → 15`,
    (self) => fieldsOf(self).hour,
  ),
  date(
    'getMinutes(): number',
    'Its minute.',
    `'2026-03-09T15:05:00Z'.getMinutes() → 5`,
    (self) => fieldsOf(self).minute,
  ),
  date(
    'isBefore(other: date): boolean',
    'Whether it is earlier.',
    `'2026-03-09'.isBefore('2026-03-10') → true`,
    (self, args) => self.ms < other(self, args).ms,
  ),
  date(
    'isAfter(other: date): boolean',
    'Whether it is later.',
    `'2026-03-09'.isAfter('2026-03-10') → false`,
    (self, args) => self.ms > other(self, args).ms,
  ),
  date(
    'isSame(other: date, unit: string, zone?: string): boolean',
    'Whether both are in the same day, month, year ….',
    `'2026-03-09'.isSame('2026-03-30', 'month') → true`,
    (self, args) => {
      const unit = readUnit(args.text(1, 'millisecond'))
      const mine = onClock(self, args, 2)
      return startOf(mine, unit).ms === startOf({ ...other(self, args), zone: mine.zone }, unit).ms
    },
  ),
  date(
    'toLocaleDateString(locale?: string, options?: object): string',
    'Its day, as people write it in a language.',
    `'2026-03-09'.toLocaleDateString('pt-BR') → "09/03/2026"`,
    (self, args) => shown(self, args, { year: 'numeric', month: '2-digit', day: '2-digit' }),
  ),
  date(
    'toLocaleTimeString(locale?: string, options?: object): string',
    'Its time, as people write it in a language.',
    `'2026-03-09T15:05:00Z'.toLocaleTimeString('pt-BR') → "15:05:00"`,
    (self, args) => shown(self, args, { timeStyle: 'medium' }),
  ),
]

/** Text methods that read a date only if it is one. */
export const maybeDateMethods: readonly Method[] = [
  row(asText, {
    signature: 'isDate(): boolean',
    doc: 'Whether it can be read as a date.',
    example: `'2026-02-30'.isDate() → false`,
    run: (self) => readIso(self) !== null,
  }),
  row(asText, {
    signature: 'toDateTime(zone?: string): date',
    doc: 'As full ISO text; read in a zone when it names none itself.',
    example: `'2026-03-09 15:00'.toDateTime('America/Sao_Paulo') → "2026-03-09T15:00:00.000-03:00"`,
    run: (self, args) => writeIso({ ...readDate(self, args.text(0, 'UTC')), dayOnly: false }),
  }),
  row(asText, {
    signature: 'toLocaleString(locale?: string, options?: object): string',
    doc: 'Its day and time, as people write them in a language.',
    example: `'2026-03-09T15:05:00Z'.toLocaleString('pt-BR') → "09/03/2026, 15:05:00"`,
    run: (self, args) => shown(readDate(self), args, numeric),
  }),
]

const numeric = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
}
