import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Due, dueTimes, type MissedPolicy } from './due-times.ts'
import { nextTimes } from './next-times.ts'

const hourly = { cron: '0 * * * *', zone: 'UTC' }
const DAY_MS = 86_400_000
const at = (time: string) => new Date(`2026-11-21T${time}:00.000Z`)
const clock = (time: Date | null) => time?.toISOString().slice(11, 16) ?? null
const plainly = ({ runs, misses, nextAt }: Due) => ({
  runs: runs.map(clock),
  misses: misses.map((miss) => `${miss.reason} ${clock(miss.at)}-${clock(miss.until)} ${miss.times}`),
  nextAt: clock(nextAt),
})

describe('an hourly schedule that was last looked at before 07:00, at 10:30', () => {
  const about = { nextAt: at('07:00'), now: at('10:30'), windowMs: DAY_MS }
  test.each<[MissedPolicy, object]>([
    ['skip', { runs: [], misses: ['skipped 07:00-10:00 4'], nextAt: '11:00' }],
    ['latest', { runs: ['10:00'], misses: ['superseded 07:00-09:00 3'], nextAt: '11:00' }],
    ['all', { runs: ['07:00', '08:00', '09:00', '10:00'], misses: [], nextAt: '11:00' }],
  ])('%s', (missed, expected) => {
    expect(plainly(dueTimes(hourly, { ...about, missed }))).toEqual(expected)
  })

  test.each<[MissedPolicy, object]>([
    ['skip', { runs: [], misses: ['too_old 07:00-08:00 2', 'skipped 09:00-10:00 2'], nextAt: '11:00' }],
    [
      'latest',
      { runs: ['10:00'], misses: ['too_old 07:00-08:00 2', 'superseded 09:00-09:00 1'], nextAt: '11:00' },
    ],
    ['all', { runs: ['09:00', '10:00'], misses: ['too_old 07:00-08:00 2'], nextAt: '11:00' }],
  ])('%s, with a window of two hours', (missed, expected) => {
    expect(plainly(dueTimes(hourly, { ...about, missed, windowMs: DAY_MS / 12 }))).toEqual(expected)
  })
})

test('a time that has just come runs, whatever the policy', () => {
  for (const missed of ['skip', 'latest', 'all'] as const) {
    const due = dueTimes(hourly, {
      nextAt: at('10:00'),
      now: new Date(at('10:00').getTime() + 800),
      missed,
      windowMs: DAY_MS,
    })
    expect(plainly(due)).toEqual({ runs: ['10:00'], misses: [], nextAt: '11:00' })
  }
})

test('the latest one missed does not run beside one that is in time', () => {
  const now = new Date(at('10:00').getTime() + 5_000)
  const due = dueTimes(hourly, { nextAt: at('08:00'), now, missed: 'latest', windowMs: DAY_MS })
  expect(plainly(due)).toEqual({ runs: ['10:00'], misses: ['superseded 08:00-09:00 2'], nextAt: '11:00' })
})

test('many are made up for in portions, and none twice', () => {
  const everyMinute = { cron: '* * * * *', zone: 'UTC' }
  const now = at('10:00')
  const ran: string[] = []
  let nextAt: Date | null = at('06:00')
  for (let round = 0; nextAt && nextAt <= now && round < 20; round++) {
    const due: Due = dueTimes(everyMinute, { nextAt, now, missed: 'all', windowMs: DAY_MS })
    expect(due.runs.length).toBeLessThanOrEqual(60)
    ran.push(...due.runs.map((time) => time.toISOString()))
    nextAt = due.nextAt
  }
  expect(ran.length).toBe(241)
  expect(new Set(ran).size).toBe(241)
})

test('what nobody counts any more is said to be many', () => {
  const everySecond = { cron: '* * * * * *', zone: 'UTC' }
  const due = dueTimes(everySecond, {
    nextAt: at('06:00'),
    now: at('10:00'),
    missed: 'skip',
    windowMs: DAY_MS,
  })
  expect(due.misses).toMatchObject([{ reason: 'skipped', times: null }])
})

test('every nominal time is run or recorded as missed, over any gaps, zones and clock changes', () => {
  const rules = ['*/7 * * * *', '30 1,2 * * *', '0 */3 * * 1-5', '15 2 * * *']
  const zones = ['UTC', 'America/New_York', 'Europe/Lisbon', 'Australia/Lord_Howe', 'America/Santiago']
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      fc.constantFrom(...zones),
      fc.constantFrom<MissedPolicy>('skip', 'latest', 'all'),
      fc.integer({ min: 0, max: 365 * 24 * 60 }),
      fc.integer({ min: 1, max: 3 * 24 * 60 }),
      fc.integer({ min: 1, max: 2 * 24 * 60 }),
      (cron, zone, missed, start, gap, window) => {
        const rule = { cron, zone }
        const begin = Date.UTC(2026, 0, 1) + start * 60_000
        const now = new Date(begin + gap * 60_000)
        const [first = null] = nextTimes(rule, { after: new Date(begin), count: 1 })
        const seen: string[] = []
        let nextAt = first
        for (let round = 0; nextAt && nextAt <= now && round < 50; round++) {
          const due = dueTimes(rule, { nextAt, now, missed, windowMs: window * 60_000 })
          seen.push(...due.runs.map((time) => time.toISOString()))
          for (const miss of due.misses) seen.push(...between(rule, miss))
          nextAt = due.nextAt
        }
        const expected = first ? between(rule, { at: first, until: now }) : []
        expect(seen.toSorted()).toEqual(expected)
      },
    ),
    { numRuns: 150 },
  )
})

/** The times from one to another, by asking for one after the other: the oracle. */
function between(
  rule: { cron: string; zone: string },
  { at: from, until }: { at: Date; until: Date },
): string[] {
  const times: string[] = []
  for (let time: Date | undefined = from; time && time <= until; ) {
    times.push(time.toISOString())
    time = nextTimes(rule, { after: time, count: 1 })[0]
  }
  return times
}
