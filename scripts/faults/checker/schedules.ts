import { isJsonObject } from '../../../nodes/kit/json.ts'
import type { RunRecord } from './record.ts'

const EVERY_MS = 2_000

/** What one record of missed times stands for. */
export function nominalTimes({ at, until }: { at: Date; until: Date }): number[] {
  const count = Math.floor((until.getTime() - at.getTime()) / EVERY_MS) + 1
  return Array.from({ length: count }, (_, time) => at.getTime() + time * EVERY_MS)
}

/** Times of the schedule that came twice, and times that neither came nor were recorded as missed. */
export function schedulesWrongIn(
  record: readonly RunRecord[],
  missed: readonly number[],
): { twice: string[]; forgotten: string[] } {
  const fired = record.filter(({ startedBy }) => startedBy === 'schedule').map(nominalOf)
  const seen = new Set<number>()
  const twice = fired.filter((at) => seen.size === seen.add(at).size)
  const known = [...seen, ...missed].sort((one, other) => one - other)
  const forgotten: number[] = []
  for (let at = known[0] ?? 0; at < (known.at(-1) ?? 0); at += EVERY_MS)
    if (!seen.has(at) && !missed.includes(at)) forgotten.push(at)
  const named = (list: readonly number[]) => list.map((at) => new Date(at).toISOString())
  return { twice: named(twice), forgotten: named(forgotten) }
}

/** The time it was started for, as its trigger says. */
function nominalOf({ events }: RunRecord): number {
  const first = events[0]?.event
  const said = first?.type === 'run.started' && isJsonObject(first.output) ? first.output.scheduledFor : null
  return typeof said === 'string' ? Date.parse(said) : 0
}
