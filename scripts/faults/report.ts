import type { FaultsFound } from './run.ts'

const SHOWN = 10

/** p50, p95 and the longest, in seconds. */
export function recoveryOf(recoveries: readonly number[]) {
  const sorted = [...recoveries].sort((one, other) => one - other)
  const at = (part: number) => {
    const ms = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
    return ms === undefined ? null : Math.round(ms / 10) / 100
  }
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}

/** Names of what must not be and was. */
export function wrongIn({ wrong, recoveries }: Pick<FaultsFound, 'wrong' | 'recoveries'>): string[] {
  const { max } = recoveryOf(recoveries)
  const found = Object.entries(wrong).flatMap(([name, list]) => (list.length > 0 ? [name] : []))
  return max !== null && max > 20 ? [...found, 'recovery took longer than 20 s'] : found
}

/** The table for people. */
export function print(found: FaultsFound): void {
  const { figures, wrong, injected, falls, recoveries, seed, queue } = found
  console.log(`\nSeed ${seed}, ${queue} queue\n`)
  lines([
    ['faults injected', ''],
    ...[...injected].map(([name, count]) => [`  ${name}`, String(count)]),
    ['', ''],
    ['triggers acknowledged', String(figures.acknowledged)],
    ['never acknowledged', String(figures.notAcknowledged)],
    ['runs', String(figures.runs)],
    ['  succeeded', String(figures.succeeded)],
    ['  ask a person what became of a step', String(figures.asking)],
    ['  failed: nobody can know what became of a step', String(figures.outcomeUnknown)],
    ['  failed: a step was under way in three deaths', String(figures.setAside)],
    ['calls that the world outside saw', String(figures.calls)],
    [
      '  late ones, of processes that had been stopped, with their key',
      String(figures.lateCallsOfStoppedProcesses),
    ],
    ['schedule times run', String(figures.scheduled)],
    ['schedule times missed and recorded', String(figures.scheduleTimesMissed)],
    ['processes that ended by themselves', String(falls.length)],
    ['', ''],
    ...Object.entries(wrong).map(([name, list]) => [name, String(list.length)]),
    ['', ''],
    ...recoveryLines(recoveries),
  ])
  for (const [name, list] of Object.entries(wrong))
    if (list.length > 0) console.log(`\n${name}:\n  ${list.slice(0, SHOWN).join('\n  ')}`)
  for (const { name, code, upMs } of falls)
    console.log(`\n${name} ended by itself with ${code} after ${Math.round(upMs / 1_000)} s`)
}

function recoveryLines(recoveries: readonly number[]) {
  const { count, p50, p95, max } = recoveryOf(recoveries)
  return [
    ['runs taken over from dead workers', String(count)],
    ['  after, s (p50 / p95 / longest)', `${p50 ?? '-'} / ${p95 ?? '-'} / ${max ?? '-'}`],
  ]
}

function lines(cells: readonly (readonly string[])[]) {
  const width = Math.max(...cells.map(([name = '']) => name.length))
  for (const [name = '', value = ''] of cells)
    console.log(value === '' ? name : `${name.padEnd(width)}  ${value.padStart(8)}`)
}

/** The same for machines. */
export function asJson(found: FaultsFound) {
  const { injected, recoveries, ...rest } = found
  return { ...rest, injected: Object.fromEntries(injected), recovery: recoveryOf(recoveries) }
}
