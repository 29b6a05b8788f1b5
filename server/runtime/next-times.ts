import { Cron } from 'croner'

export interface ScheduleRule {
  /** Five fields, or six with seconds in front. */
  cron: string
  /** An IANA name, such as America/Sao_Paulo. */
  zone: string
}

/**
 * The next moments of a schedule, as its zone's clocks show them. A time that a clock change leaves out comes at the
 * first minute after the gap; one that comes twice counts once, rules by the hour or minute go on. Throws when the
 * rule or the zone is not valid.
 */
export function nextTimes(rule: ScheduleRule, about: { after: Date; count: number }): Date[] {
  return cronOf(rule).nextRuns(about.count, about.after)
}

/** The last moment before another, or null. */
export function lastTime(rule: ScheduleRule, { before }: { before: Date }): Date | null {
  return cronOf(rule).previousRuns(1, before)[0] ?? null
}

const cronOf = ({ cron, zone }: ScheduleRule) => new Cron(cron, { timezone: zone, mode: '5-or-6-parts' })
