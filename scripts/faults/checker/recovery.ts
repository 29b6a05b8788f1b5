import type { Fleet, Outage } from '../world/fleet.ts'
import type { RunRecord } from './record.ts'

/**
 * How long each run of a dead worker stood still, in ms: from the death, or from when the database was back, to when
 * another worker took it.
 */
export function recoveriesOf(
  record: readonly RunRecord[],
  about: { fleet: Fleet; workers: ReadonlyMap<string, number> },
): number[] {
  const { fleet, workers } = about
  const dead = new Map<number, Outage[]>()
  for (const one of fleet.outages) dead.set(one.pid, [...(dead.get(one.pid) ?? []), one])
  return record.flatMap((run) => {
    let holder = ''
    return run.events.flatMap(({ event, at }) => {
      if (event.type !== 'run.claimed') return []
      const before = holder
      holder = event.worker
      if (event.reason !== 'takeover') return []
      const outages = dead.get(workers.get(before) ?? 0) ?? []
      const last = outages.filter(({ from }) => from <= at).at(-1)
      return last ? [at - Math.max(last.from, backAt(fleet, at))] : []
    })
  })
}

/** When the database was last back before then. */
const backAt = ({ away }: Fleet, at: number) =>
  Math.max(0, ...away.filter(({ until }) => until <= at).map(({ until }) => until))
