import { lastTime, nextTimes, type ScheduleRule } from './next-times.ts'

/** What to do about times that passed while nothing ran. */
export type MissedPolicy = 'skip' | 'latest' | 'all'

/** Nominal times at which no run starts, from the first to the last. */
export interface Miss {
  at: Date
  until: Date
  /** Null: more than are counted. */
  times: number | null
  reason: 'skipped' | 'superseded' | 'too_old'
}

export interface Due {
  /** Nominal times to start a run for, oldest first. */
  runs: Date[]
  misses: Miss[]
  /** The next time to look at: past while there is more to make up for. Null when the rule has no further time. */
  nextAt: Date | null
}

/** A time that passed this long ago counts as missed. */
const MISSED_MS = 60_000
/** Runs that one schedule starts in one round; the rest comes with the next. */
const MOST_RUNS = 60
const MOST_COUNTED = 1_000

/**
 * What a schedule whose time has come should do. Pure. Every nominal time from `nextAt` to `now` is among the runs, in
 * a miss, or left for the next round.
 */
export function dueTimes(
  rule: ScheduleRule,
  about: { nextAt: Date; now: Date; missed: MissedPolicy; windowMs: number },
): Due {
  const { nextAt, now, missed, windowMs } = about
  const misses: Miss[] = []
  const late = new Date(now.getTime() - MISSED_MS)
  const old = new Date(Math.min(now.getTime() - windowMs, late.getTime()))

  let from: Date | null = nextAt
  if (from <= old) {
    misses.push(missOf(rule, { from, to: old, reason: 'too_old' }))
    from = after(rule, old)
  }
  if (from && from <= late && missed === 'all') {
    const times = timesUpTo(rule, { from, to: now, most: MOST_RUNS })
    const last = times.at(-1)
    return { runs: times, misses, nextAt: last ? after(rule, last) : null }
  }
  const runs: Date[] = []
  const inTime = from && from <= late ? after(rule, late) : from
  if (from && from <= late) {
    const last = lastUpTo(rule, { from, to: late })
    const isLatest = missed === 'latest' && (!inTime || inTime > now)
    if (isLatest) runs.push(last)
    const to = isLatest ? before(rule, last) : last
    const reason = missed === 'skip' ? 'skipped' : 'superseded'
    if (to && to >= from) misses.push(missOf(rule, { from, to, reason }))
  }
  if (inTime && inTime <= now) runs.push(...timesUpTo(rule, { from: inTime, to: now, most: MOST_RUNS }))
  const last = runs.at(-1) ?? now
  return { runs, misses, nextAt: after(rule, last < late ? late : last) }
}

const after = (rule: ScheduleRule, time: Date): Date | null =>
  nextTimes(rule, { after: time, count: 1 })[0] ?? null
const before = (rule: ScheduleRule, time: Date): Date | null => lastTime(rule, { before: time })

/** The last time that is not after `to`; `from` is one of them. */
function lastUpTo(rule: ScheduleRule, { from, to }: { from: Date; to: Date }): Date {
  const last = before(rule, new Date(to.getTime() + 1))
  return last && last > from ? last : from
}

function timesUpTo(rule: ScheduleRule, about: { from: Date; to: Date; most: number }): Date[] {
  const times: Date[] = []
  for (let at: Date | null = about.from; at && at <= about.to; at = after(rule, at)) {
    if (times.length === about.most) break
    times.push(at)
  }
  return times
}

function missOf(rule: ScheduleRule, about: { from: Date; to: Date; reason: Miss['reason'] }): Miss {
  const { from, to, reason } = about
  const counted = timesUpTo(rule, { from, to, most: MOST_COUNTED + 1 }).length
  return {
    at: from,
    until: lastUpTo(rule, { from, to }),
    times: counted > MOST_COUNTED ? null : counted,
    reason,
  }
}
