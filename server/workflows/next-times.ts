import { Cron } from 'croner'

/** The next moments of a schedule, as its zone's clocks show them. Throws when the rule or the zone is not valid. */
export function nextTimes(
  { cron, zone }: { cron: string; zone: string },
  { after, count }: { after: Date; count: number },
): Date[] {
  return new Cron(cron, { timezone: zone, mode: '5-or-6-parts' }).nextRuns(count, after)
}
