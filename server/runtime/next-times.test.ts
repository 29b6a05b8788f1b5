import { expect, test } from 'vitest'
import { lastTime, nextTimes } from './next-times.ts'

const times = (cron: string, zone: string, after: string, count = 2) =>
  nextTimes({ cron, zone }, { after: new Date(after), count }).map((time) => time.toISOString().slice(0, 16))

test.each([
  // The clocks jump over 02:30: the first minute that exists is 03:00 (07:00 UTC). The day after, 02:30 again.
  [
    'New York, gap',
    '30 2 * * *',
    'America/New_York',
    '2027-03-13T12:00Z',
    ['2027-03-14T07:00', '2027-03-15T06:30'],
  ],
  [
    'Lisbon, gap',
    '30 1 * * *',
    'Europe/Lisbon',
    '2027-03-27T12:00Z',
    ['2027-03-28T01:00', '2027-03-29T00:30'],
  ],
  // Midnight itself does not exist.
  [
    'Santiago, gap at midnight',
    '0 0 * * *',
    'America/Santiago',
    '2026-09-05T12:00Z',
    ['2026-09-06T04:00', '2026-09-07T03:00'],
  ],
  // A gap of half an hour.
  [
    'Lord Howe, gap',
    '15 2 * * *',
    'Australia/Lord_Howe',
    '2026-10-02T18:00Z',
    ['2026-10-03T15:30', '2026-10-04T15:15'],
  ],
  // 01:30 comes twice: only the first counts.
  [
    'New York, overlap',
    '30 1 * * *',
    'America/New_York',
    '2026-10-31T12:00Z',
    ['2026-11-01T05:30', '2026-11-02T06:30'],
  ],
  [
    'Lord Howe, overlap',
    '45 1 * * *',
    'Australia/Lord_Howe',
    '2027-04-03T00:00Z',
    ['2027-04-03T14:45', '2027-04-04T15:15'],
  ],
  ['leap day', '0 9 29 2 *', 'UTC', '2026-01-01T00:00Z', ['2028-02-29T09:00', '2032-02-29T09:00']],
  [
    'no clock change',
    '0 9 * * 1',
    'America/Sao_Paulo',
    '2026-11-21T00:00Z',
    ['2026-11-23T12:00', '2026-11-30T12:00'],
  ],
])('%s', (_, cron, zone, after, expected) => expect(times(cron, zone, after)).toEqual(expected))

test('asked between the two, the time that comes twice is over', () =>
  expect(times('30 1 * * *', 'America/New_York', '2026-11-01T05:30:01Z', 1)).toEqual(['2026-11-02T06:30']))

test('rules by the hour run through the repeated hour', () =>
  expect(times('0 * * * *', 'America/New_York', '2026-11-01T04:30Z', 3)).toEqual([
    '2026-11-01T05:00',
    '2026-11-01T06:00',
    '2026-11-01T07:00',
  ]))

test('a date that never comes has no times', () =>
  expect(times('0 0 30 2 *', 'UTC', '2026-01-01T00:00Z')).toEqual([]))

test('the last time before another', () =>
  expect(
    lastTime(
      { cron: '0 9 * * *', zone: 'Europe/Berlin' },
      { before: new Date('2026-11-21T12:00Z') },
    )?.toISOString(),
  ).toBe('2026-11-21T08:00:00.000Z'))

test('what is no rule, or no zone, throws', () => {
  expect(() => times('every day', 'UTC', '2026-01-01T00:00Z')).toThrow()
  expect(() => times('0 9 * * *', 'Mars/Olympus', '2026-01-01T00:00Z')).toThrow()
})
