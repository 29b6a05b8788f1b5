import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { isoOf, readIso, writeIso } from './moment.ts'
import { fieldsAt, momentIn, offsetAt } from './zone.ts'

const gives = (source: string) => evaluate(source, { now: '2026-03-09T15:05:00.000Z' })

describe('clocks that change', () => {
  test.each([
    // New York springs forward on 8 March 2026 at 02:00 and falls back on 1 November at 02:00.
    [`'2026-03-07T12:00:00Z'.plus(1, 'day', 'America/New_York')`, '2026-03-08T07:00:00.000-04:00'],
    [`'2026-03-07T12:00:00Z'.plus(24, 'hours', 'America/New_York')`, '2026-03-08T08:00:00.000-04:00'],
    [`'2026-03-08 02:30'.toDateTime('America/New_York')`, '2026-03-08T03:30:00.000-04:00'],
    [`'2026-11-01 01:30'.toDateTime('America/New_York')`, '2026-11-01T01:30:00.000-04:00'],
    [`'2026-11-01T06:30:00Z'.setZone('America/New_York')`, '2026-11-01T01:30:00.000-05:00'],
    [`'2026-11-01T12:00:00Z'.startOf('day', 'America/New_York')`, '2026-11-01T00:00:00.000-04:00'],
    [`'2026-11-01T12:00:00Z'.endOf('day', 'America/New_York')`, '2026-11-01T23:59:59.999-05:00'],
    [`'2026-07-01T00:00:00Z'.format('HH:mm ZZ', 'Asia/Kolkata')`, '05:30 +05:30'],
    [`'2026-07-01T00:00:00Z'.format('HH:mm ZZ', '-03:00')`, '21:00 -03:00'],
    [`'2026-01-01T00:00:00Z'.format('HH:mm', 'Australia/Lord_Howe')`, '11:00'],
  ])('%s', (source, expected) => {
    expect(gives(source)).toBe(expected)
  })
})

describe('the calendar', () => {
  test.each([
    [`'2024-02-29'.plus(1, 'year')`, '2025-02-28'],
    [`'2026-01-31'.plus({ months: 1, days: 1 })`, '2026-03-01'],
    [`'2026-03-31'.minus(1, 'month')`, '2026-02-28'],
    [`'2025-12-31'.plus(1, 'day')`, '2026-01-01'],
    [`'2026-01-01'.minus(1, 'week')`, '2025-12-25'],
    [`'2026-05-15'.startOf('quarter')`, '2026-04-01'],
    [`'2026-03-08'.startOf('week')`, '2026-03-02'],
    [`'2026-03-08'.plus(90, 'minutes')`, '2026-03-08T01:30:00.000Z'],
    [`'2027-01-01'.weekNumber()`, 53],
    [`'2026-03-31'.diff('2026-01-31', 'months')`, 2],
    [`'2026-03-30'.diff('2026-01-31', 'months')`, 1],
    [`'2026-01-31'.diff('2026-03-30', 'months')`, -1],
    [`'2026-03-09T12:00:00Z'.diff('2026-03-09', 'days')`, 0.5],
    [`'2026-03-09'.diff('2024-03-10', 'years')`, 1],
    [
      `'2026-03-09'.format("EEEE, d 'de' MMMM 'de' yyyy", null, 'pt-BR')`,
      'segunda-feira, 9 de março de 2026',
    ],
    [`'2026-03-09T15:05:07.008Z'.format('h:mm:ss.SSS a')`, '3:05:07.008 PM'],
    [`'2026-03-09'.format('YYYY-MM-DD [at] ddd')`, '2026-03-09 at Mon'],
    [`date('9 Mar 2026 3:05 pm', 'd MMM yyyy h:mm a', 'America/Sao_Paulo')`, '2026-03-09T15:05:00.000-03:00'],
    [`date(1772000000000)`, '2026-02-25T06:13:20.000Z'],
    [`'2026-03-09T15:05:00.123456789Z'.toISO()`, '2026-03-09T15:05:00.123Z'],
    [`'2026-03-09T15:05:00+0530'.toUTC()`, '2026-03-09T09:35:00.000Z'],
  ])('%s', (source, expected) => {
    expect(gives(source)).toEqual(expected)
  })

  test.each([
    `'2026-02-30'.plus(1, 'day')`,
    `'2026-13-01'.year()`,
    `'31/01/2026'.year()`,
    `'today'.year()`,
    `''.year()`,
    `'2026-01-01'.plus(1, 'fortnight')`,
    `'2026-01-01'.setZone('Mars/Olympus')`,
    `'2026-01-01'.plus(1e9, 'years')`,
    `'2026-01-31'.set({ month: 2 })`,
    `date('30/02/2026', 'dd/MM/yyyy')`,
    `date('2026-01-01T00:00:00Z', 'dd/MM/yyyy')`,
  ])('%s is an error that says so', (source) => {
    expect(() => gives(source)).toThrow(expect.objectContaining({ code: 'type' }))
  })
})

const zones = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  '+05:45',
]
const moments = fc.integer({ min: Date.parse('1971-01-01'), max: Date.parse('2060-01-01') })

const runs = { seed: 20_261_121, numRuns: 300 }

test('written in any zone and read again, a moment is the same moment', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (ms, zone) => {
      expect(readIso(writeIso({ ms, zone, dayOnly: false }))?.ms).toBe(ms)
    }),
    runs,
  )
})

test('offsets are those of the platform, and a clock time is found again', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (ms, zone) => {
      const found = momentIn(zone, fieldsAt(ms, offsetAt(zone, ms)))
      // A time that occurs twice is the first of the two.
      expect([ms, ms - 3_600_000, ms - 1_800_000, ms - 86_400_000]).toContain(found)
    }),
    runs,
  )
})

test('ISO text in UTC is as JavaScript writes it', () => {
  fc.assert(
    fc.property(moments, (ms) => {
      expect(isoOf(ms)).toBe(new Date(ms).toISOString())
    }),
    runs,
  )
})
