import { forgetKeys } from './forget-keys.ts'
import { createPresence } from './presence.ts'
import { repeat } from './rounds.ts'
import { createSettling, type SettleParts } from './settle.ts'
import { raiseOverdue } from './settle-alerts.ts'
import { countUsage } from './settle-usage.ts'

const SETTLE_MS = 1_000
const PRESENCE_MS = 5_000
const USAGE_MS = 15_000
const OVERDUE_MS = 60_000
const FORGET_MS = 60_000

/** What is done again and again so that people know: ends are settled, usage is counted, schedules are watched. */
export function createSettleRounds(
  about: SettleParts & { id: string; roles: { worker: boolean; scheduler: boolean }; sweepMs?: number },
) {
  const { pool, roles, log } = about
  const settling = roles.worker || roles.scheduler ? createSettling(about) : undefined
  const presence = createPresence(pool, about)
  const stops: (() => Promise<void>)[] = []

  return {
    start() {
      const again = (name: string, everyMs: number, work: () => Promise<unknown>) =>
        stops.push(repeat({ everyMs, work, failed: (error) => log.warn({ error }, `${name} failed`) }))
      again('The sign of life', PRESENCE_MS, () => presence.tell())
      if (settling) again('Settling', about.sweepMs ?? SETTLE_MS, () => settling.round())
      if (roles.scheduler) {
        again('The count of usage', USAGE_MS, () => countUsage(pool))
        again('The look for missed schedules', OVERDUE_MS, () => raiseOverdue(pool))
        again('The forgetting of keys', FORGET_MS, () => forgetKeys(pool))
      }
    },
    async stop() {
      await Promise.all(stops.splice(0).map((stop) => stop()))
      await settling?.stop()
      await presence.leave().catch((error) => log.debug({ error }, 'The process could not say goodbye'))
    },
  }
}
