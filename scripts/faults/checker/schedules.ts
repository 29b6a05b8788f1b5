import type { RunRecord } from './record.ts'

const EVERY_MS = 2_000

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

/** `schedule <id> <time>` is its key. */
const nominalOf = ({ dedupeKey }: RunRecord) => Date.parse(dedupeKey?.split(' ').at(-1) ?? '')
