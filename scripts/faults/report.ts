import fs from 'node:fs'
import path from 'node:path'
import type { Checked } from './checker/check.ts'
import type { FaultsFound } from './run.ts'
import type { SimulationsFound } from './simulations.ts'
import type { SweepFound } from './sweep.ts'

const SHOWN = 10
/** How long a run of a dead worker may stand still, in seconds. */
const LONGEST_S = 20

/** p50, p95 and the longest, in seconds. */
function recoveryOf(recoveries: readonly number[]) {
  const sorted = [...recoveries].sort((one, other) => one - other)
  const at = (part: number) => {
    const ms = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
    return ms === undefined ? null : Math.round(ms / 10) / 100
  }
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}

/** Names of what must not be and was. */
export function wrongIn({ wrong, recoveries }: Checked): string[] {
  const { max } = recoveryOf(recoveries)
  const found = Object.entries(wrong).flatMap(([name, list]) => (list.length > 0 ? [name] : []))
  return max !== null && max > LONGEST_S ? [...found, `recovery took longer than ${LONGEST_S} s`] : found
}

type Cell = readonly [name: string, value?: string | number]

export function printSimulations({ firstSeed, seeds, totals, problems }: SimulationsFound): void {
  console.log(`\nSimulations, seeds ${firstSeed} to ${firstSeed + seeds - 1}\n`)
  write([
    ['runs', totals.runs],
    ['deaths of workers', totals.deaths],
    ['writes that came too late, and were refused', totals.refused],
    ['effects', totals.effects],
    ['steps undone', totals.undone],
    ['broken promises', problems.length],
  ])
  if (problems.length > 0) console.log(`\n  ${problems.slice(0, SHOWN).join('\n  ')}`)
}

/** The table for people. */
export function printFaults(found: FaultsFound): void {
  const { injected, falls, seed, queue } = found
  console.log(`\nReal processes, seed ${seed}, ${queue} queue\n`)
  const early = falls.length - found.wrong['processes that ended by themselves'].length
  write([
    ['faults injected'],
    ...[...injected].map(([name, count]): Cell => [`  ${name}`, count]),
    [''],
    ...figuresOf(found),
    ['processes that could not start while the database was away', early],
    [''],
    ...wrongOf(found),
    [''],
    ...recoveryLines(found),
  ])
  explain(found)
}

export function printSweep(found: SweepFound): void {
  console.log('\nCrash points of one run\n')
  write([
    ['boundaries of its I/O', found.boundaries],
    ['killed at', found.deaths],
    [''],
    ...figuresOf(found),
    [''],
    ...wrongOf(found),
  ])
  explain(found)
}

function figuresOf({ figures }: Checked): Cell[] {
  return [
    ['triggers acknowledged', figures.acknowledged],
    ['runs', figures.runs],
    ['  succeeded', figures.succeeded],
    ['  failed as they should, and undid what they did', figures.undone],
    ['  ask a person what became of a step', figures.asking],
    ['  failed: nobody can know what became of a step', figures.outcomeUnknown],
    ['  failed: a step was under way in three deaths', figures.setAside],
    ['runs that kept an order', figures.ordered],
    ['calls that the world outside saw', figures.calls],
    ['  late ones, of processes that had been stopped, with their key', figures.lateCallsOfStoppedProcesses],
    ['schedule times run', figures.scheduled],
    ['schedule times missed and recorded', figures.scheduleTimesMissed],
  ]
}

const wrongOf = ({ wrong }: Checked): Cell[] =>
  Object.entries(wrong).map(([name, list]): Cell => [name, list.length])

function explain(found: Checked) {
  for (const [name, list] of Object.entries(found.wrong))
    if (list.length > 0) console.log(`\n${name}:\n  ${list.slice(0, SHOWN).join('\n  ')}`)
  keepHistories(found)
}

function recoveryLines({ recoveries }: Checked): Cell[] {
  const { count, p50, p95, max } = recoveryOf(recoveries)
  return [
    ['runs taken over from dead workers', count],
    ['  after, s: p50', p50 ?? '-'],
    ['  after, s: p95', p95 ?? '-'],
    ['  after, s: longest', max ?? '-'],
  ]
}

function write(cells: readonly Cell[]) {
  const width = Math.max(...cells.map(([name]) => name.length))
  for (const [name, value] of cells)
    console.log(value === undefined ? name : `${name.padEnd(width)}  ${String(value).padStart(8)}`)
}

const historiesFile = path.resolve(import.meta.dirname, '../../.cache/faults-histories.json')

/** Keeps the whole history of every run that something is wrong with, for whoever looks for the reason. */
function keepHistories({ wrong, record, calls }: Checked) {
  const named = Object.values(wrong).flat().join(' ')
  const runs = record.filter(({ id }) => named.includes(id))
  if (runs.length === 0) return
  const histories = runs.map((run) => ({ ...run, calls: calls.filter((call) => call.run === run.id) }))
  fs.writeFileSync(historiesFile, JSON.stringify(histories, null, 1))
  console.log(`\nTheir histories are in ${path.relative(process.cwd(), historiesFile)}`)
}

/** The same for machines. */
export function asJson<Found extends Checked>({ recoveries, record, calls, ...rest }: Found) {
  const injected = 'injected' in rest && rest.injected instanceof Map ? rest.injected : new Map()
  return { ...rest, injected: Object.fromEntries(injected), recovery: recoveryOf(recoveries) }
}
