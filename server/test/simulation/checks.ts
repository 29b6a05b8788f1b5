import type { RunEvent } from '#server/engine/history.ts'
import { idempotencyKey } from '#server/runtime/effects.ts'
import type { ModelDatabase, Row } from './database.ts'
import type { World } from './world.ts'

interface About {
  db: ModelDatabase
  world: World
  answered: readonly { key: string; answered: string }[]
}

/** Every promise that was broken, in words. */
export function faultsIn(about: About): string[] {
  return [
    ...accepted(about),
    ...[...about.db.runs.values()].flatMap((row) => [...ended(row), ...undone(row), ...felt(row, about)]),
  ]
}

function accepted({ db, answered }: About): string[] {
  return answered.flatMap(({ key, answered: id }) => {
    const runs = [...db.runs.values()].filter((row) => row.key === key)
    return id === '' || (runs.length === 1 && runs[0]?.id === id)
      ? []
      : [`I-01 ${key} has ${runs.length} runs`]
  })
}

function ended({ id, events }: Row): string[] {
  const ends = events.filter(({ event }) => event.type === 'run.finished').length
  const last = events.at(-1)?.event.type
  const tokens = events.every(({ token }, at) => token >= (events[at - 1]?.token ?? 0))
  const finished = events.flatMap(({ event }) => (event.type === 'step.finished' ? [event.step] : []))
  return [
    ...(ends === 1 && last === 'run.finished' ? [] : [`I-02 ${id} ended ${ends} times`]),
    ...(tokens ? [] : [`I-07 ${id}: a stale write was stored`]),
    ...(new Set(finished).size === finished.length ? [] : [`G-03 ${id}: a step was completed twice`]),
  ]
}

/** A run that failed has undone, or tried to undo, all that it had done, the last first. */
function undone({ id, events }: Row): string[] {
  const all = events.map(({ event }) => event)
  const done = all.flatMap((event) => (event.type === 'step.finished' && event.undo ? [event.step] : []))
  const back = all.flatMap((event) => (isUndoEnd(event) ? [event.step] : []))
  const end = all.at(-1)
  const expected = end?.type === 'run.finished' && end.status !== 'succeeded' ? done.toReversed() : []
  return expected.join() === back.join() ? [] : [`Undo ${id}: ${back.join()} and not ${expected.join()}`]
}

const isUndoEnd = (event: RunEvent) => event.type === 'step.undone' || event.type === 'step.undo_failed'

function felt({ id, events }: Row, { world }: About): string[] {
  const calls = world.calls.filter(({ run }) => run === id)
  const started = new Set(events.flatMap(({ event }) => (event.type === 'step.started' ? [event.step] : [])))
  const finished = new Map(
    events.flatMap(({ event, at, token }) =>
      event.type === 'step.finished' ? [[event.step, { at, token }]] : [],
    ),
  )
  const happenings = new Map<string, number>()
  return calls.flatMap(({ step, key, effect, token, at, happened }) => {
    const end = finished.get(step)
    const times = (happenings.get(step) ?? 0) + (happened ? 1 : 0)
    happenings.set(step, times)
    return [
      ...(key === idempotencyKey(id, step) ? [] : [`I-05 ${id} ${step} had another key`]),
      // Of a step that touches nothing nobody needs to know that it began.
      ...(started.has(step) || effect === 'none' ? [] : [`I-05 ${id} ${step} was never planned`]),
      // A worker that lost its run may still be at it; it has the same key.
      ...(end && at > end.at && token >= end.token ? [`I-06 ${id} ${step} was done again`] : []),
      ...(effect === 'once' && times > 1
        ? [`${id} ${step} may happen once, and happened ${times} times`]
        : []),
    ]
  })
}
