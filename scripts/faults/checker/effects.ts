import type { Call } from '../world/provider.ts'
import type { RunRecord } from './record.ts'

/** A clock that is wrong is known as well as a question to the database takes long. */
const TOLERANCE_MS = 1_000

const stepOf = ({ run, step }: Call) => `${run} ${step}`

function grouped<Value>(list: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** What the world outside would see: calls without a key, two keys for a step, a key for two steps. */
export function keysWrongIn(calls: readonly Call[]): string[] {
  const keyed = calls.filter(({ once }) => !once)
  const without = keyed.filter(({ key }) => key === null).map((call) => `${stepOf(call)}: no key`)
  const bySteps = [...grouped(keyed, stepOf)].flatMap(([step, of]) => {
    const keys = new Set(of.map(({ key }) => key))
    return keys.size > 1 ? [`${step}: ${keys.size} keys`] : []
  })
  const byKeys = [...grouped(keyed, ({ key }) => key ?? '')].flatMap(([key, of]) => {
    const steps = new Set(of.map(stepOf))
    return key !== '' && steps.size > 1 ? [`${key} is of ${[...steps].join(' and ')}`] : []
  })
  return [...without, ...bySteps, ...byKeys]
}

/** Calls that must not come twice, and did. */
export function repeatedOnce(calls: readonly Call[]): string[] {
  const once = grouped(
    calls.filter((call) => call.once),
    stepOf,
  )
  return [...once].flatMap(([step, of]) => (of.length > 1 ? [`${step}: ${of.length} times`] : []))
}

/** A recorded step that ended well and that the world never saw. */
export function neverHappened(calls: readonly Call[], record: readonly RunRecord[]): string[] {
  const seen = new Set(calls.map(stepOf))
  return record.flatMap((run) =>
    run.events.flatMap(({ event }) =>
      event.type === 'step.finished' && isCall(event.step) && !seen.has(`${run.id} ${event.step}`)
        ? [`${run.id} ${event.step}`]
        : [],
    ),
  )
}

const isCall = (step: string) =>
  /^(left|right|join|tell|after|work|tick|reserve|charge|many\[\d+\]|each\[\d+\]\..+|undo\(.+)$/.test(step)

/**
 * Calls of a step after it was recorded as done. A process that was stopped in the middle of one may still send what it
 * had begun, with the same key: its token is older, so it is counted apart.
 */
export function redoneOf(
  calls: readonly Call[],
  about: { record: readonly RunRecord[]; workers: ReadonlyMap<string, number> },
): { redone: string[]; late: number } {
  const runs = new Map(about.record.map((run) => [run.id, run]))
  const redone: string[] = []
  let late = 0
  for (const call of calls) {
    const done = runs
      .get(call.run)
      ?.events.find(({ event }) => event.type === 'step.finished' && event.step === call.step)
    if (!done || call.at <= done.at + TOLERANCE_MS) continue
    const claims = claimsOf(runs.get(call.run), about.workers)
    const recordedUnder = claims.filter(({ at }) => at <= done.at).at(-1)?.token ?? 0
    const calledUnder = claims.filter(({ at, pid }) => pid === call.pid && at <= call.at).at(-1)?.token ?? 0
    if (calledUnder >= recordedUnder)
      redone.push(`${stepOf(call)} by ${call.pid}, ${call.at - done.at} ms after it was recorded`)
    else late++
  }
  return { redone, late }
}

/** Which process took the run when, with which token. */
function claimsOf(run: RunRecord | undefined, workers: ReadonlyMap<string, number>) {
  return (run?.events ?? []).flatMap(({ event, at }) =>
    event.type === 'run.claimed' ? [{ at, token: event.token, pid: workers.get(event.worker) ?? 0 }] : [],
  )
}
