import { AppError } from '#server/errors.ts'
import { nextTimes } from '#server/runtime/next-times.ts'

/** When a schedule would start the workflow, the next five times. */
export function previewSchedule(schedule: { cron: string; zone: string }, now: Date): { times: string[] } {
  try {
    return { times: nextTimes(schedule, { after: now, count: 5 }).map((time) => time.toISOString()) }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Not a schedule'
    throw new AppError('invalid', message, { issues: [{ path: 'cron', message }] })
  }
}
