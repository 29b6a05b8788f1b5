import { z } from 'zod'
import type { Load } from '../load.ts'
import { undoneBecause } from '../workflows.ts'
import type { World } from '../world/installation.ts'
import type { Processes } from '../world/processes.ts'
import { keysWrongIn, neverHappened, redoneOf, repeatedOnce } from './effects.ts'
import { notUndone, outOfOrder } from './promises.ts'
import { readRecord } from './record.ts'
import { recoveriesOf } from './recovery.ts'
import { doubledOf, failedOf, impossibleOf, lostOf, stuckOf } from './runs.ts'
import { nominalTimes, schedulesWrongIn } from './schedules.ts'

const Misses = z.array(z.object({ at: z.date(), until: z.date() }))

/** What the history says in the end: figures, and what must not be, by name. Every list in `wrong` must be empty. */
export async function check(about: {
  world: World
  load: Pick<Load, 'acknowledged' | 'givenUp'>
  processes: Processes
}) {
  const { world, load, processes } = about
  const record = await readRecord(world.db)
  const calls = await world.provider.calls()
  const { acknowledged } = load
  const { workers } = processes
  const { rows } = await world.db.query('SELECT at, until FROM schedule_miss')
  const missed = Misses.parse(rows).flatMap(nominalTimes)
  const schedules = schedulesWrongIn(record, missed)
  const { redone, late } = redoneOf(calls, { record, workers })
  const count = (status: string) => record.filter((run) => run.status === status).length
  const failedAs = (code: string) => record.filter(({ failure }) => failure?.code === code).length
  return {
    figures: {
      acknowledged: new Set(acknowledged.map(({ key }) => key)).size,
      runs: record.length,
      succeeded: count('succeeded'),
      asking: record.filter(({ asks }) => asks).length,
      outcomeUnknown: failedAs('outcome_unknown'),
      setAside: failedAs('worker_crashed'),
      undone: failedAs(undoneBecause),
      ordered: record.filter(({ orderingKey }) => orderingKey !== null).length,
      calls: calls.length,
      lateCallsOfStoppedProcesses: late,
      scheduled: record.filter(({ startedBy }) => startedBy === 'schedule').length,
      scheduleTimesMissed: missed.length,
    },
    wrong: {
      'never answered': [...load.givenUp],
      lost: lostOf(record, acknowledged),
      stuck: stuckOf(record),
      'two runs for one key': doubledOf(acknowledged),
      'failed because of the faults': failedOf(record),
      'impossible history': impossibleOf(record),
      'repeated without its key': keysWrongIn(calls),
      'once, and yet again': repeatedOnce(calls),
      'recorded, and yet done again': redone,
      'recorded, and never done': neverHappened(calls, record),
      'failed, and not undone': notUndone(record),
      'out of order': outOfOrder(record),
      'schedule time twice': schedules.twice,
      'schedule time forgotten': schedules.forgotten,
      'processes that ended by themselves': fallen(world, processes),
    },
    record,
    calls,
    recoveries: recoveriesOf(record, { fleet: world.fleet, workers }),
  }
}
/** From its first sign of life to when all of it has started, on a busy machine. */
const STARTING_MS = 15_000

/** Only those that had started: one that comes up while the database is away ends, and is started again. */
function fallen({ fleet }: World, { seenAt }: Processes): string[] {
  return fleet.falls
    .filter(({ pid, at }) => at - (seenAt.get(pid) ?? at) > STARTING_MS)
    .map(({ name, pid, code }) => `${name} (${pid}) with ${code}`)
}

export type Checked = Awaited<ReturnType<typeof check>>
