import { Cron } from 'croner'

export interface ScheduleRule {
  cron: string
  zone: string
}

/** A rule that croner reads and that has a time from here on, or not: the day it is asked makes no difference. */
const FROM = new Date('2026-01-01T00:00:00Z')

type ScheduleProblem =
  | { code: 'unknown_zone'; values: { zone: string } }
  | { code: 'wrong_cron'; values: { reason: string } }
  | { code: 'cron_never'; values: Record<string, never> }

/** What is wrong with a schedule, or null. */
export function scheduleProblem({ cron, zone }: ScheduleRule): ScheduleProblem | null {
  if (!isZone(zone)) return { code: 'unknown_zone', values: { zone } }
  try {
    const next = new Cron(cron, { timezone: zone, mode: '5-or-6-parts' }).nextRun(FROM)
    return next ? null : { code: 'cron_never', values: {} }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    return { code: 'wrong_cron', values: { reason } }
  }
}

/** Whether it is a name of the IANA time zone database. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}
