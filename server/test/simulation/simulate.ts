import { faultsIn } from './checks.ts'
import { LEASE, ModelDatabase, Stale } from './database.ts'
import { drawingFrom } from './drawings.ts'
import { randomFrom } from './random.ts'
import { type Io, work } from './worker.ts'
import { World } from './world.ts'

export interface Report {
  seed: number
  runs: number
  /** Workers that died, and writes of those that had lost their run and did not know. */
  deaths: number
  refused: number
  effects: number
  undone: number
  /** Broken promises, in words; none when all is well. */
  problems: string[]
}

const MOST_TURNS = 60_000
/** After so many turns nothing more is broken, so that everything has to come to its end. */
const CALM_AFTER = 4_000

interface Drive {
  id: string
  /** 0 until it has claimed its run. */
  token: number
  steps?: Generator<Io, void, void>
  next?: Io
}

interface Process {
  drives: Drive[]
  /** It stands still until then, its heartbeat too: what it had is taken from it meanwhile. */
  stalledUntil: number
}

/** Callers, a queue, workers and a database, all in one thread, all chance from one seed. */
export function simulate({ seed }: { seed: number }): Report {
  const random = randomFrom(seed)
  const about = { db: new ModelDatabase(), world: new World(random), drawing: drawingFrom(random), random }
  const { db, world } = about
  const queue: string[] = []
  const processes: Process[] = [newProcess(), newProcess()]
  const callers = Array.from({ length: 2 + random.below(4) }, (_, at) => ({ key: `key ${at}`, answered: '' }))
  const counts = { deaths: 0, refused: 0 }

  let turn = 0
  for (; turn < MOST_TURNS && !isOver(); turn++) {
    const rough = turn < CALM_AFTER
    db.now += 1 + random.below(4)
    for (const { drives, stalledUntil } of processes)
      if (stalledUntil <= db.now) for (const drive of drives) db.renew(drive)
    call(rough)
    if (random.chance(0.05)) for (const id of db.sweep()) send(id, rough)
    if (rough && random.chance(0.002)) cancelOne()
    take(rough)
    step(random.pick(processes), rough)
  }
  const ends = [...db.runs.values()].flatMap(({ events }) => events.map(({ event }) => event.type))
  return {
    seed,
    runs: db.runs.size,
    ...counts,
    effects: world.calls.length,
    undone: ends.filter((type) => type === 'step.undone').length,
    problems: [
      ...(turn === MOST_TURNS ? ['I-04 something is stuck'] : []),
      ...faultsIn({ ...about, answered: callers }),
    ],
  }

  function isOver() {
    return (
      callers.every(({ answered }) => answered) &&
      [...db.runs.values()].every(({ status }) => status === 'ended')
    )
  }

  /** A caller that hears nothing asks again with the same key. */
  function call(rough: boolean) {
    const caller = random.pick(callers)
    if (caller.answered || !random.chance(0.1)) return
    if (rough && random.chance(0.1)) return
    const id = db.accept(caller.key)
    if (rough && random.chance(0.2)) return
    caller.answered = id
    send(id, rough)
  }

  function send(id: string, rough: boolean) {
    if (rough && random.chance(0.15)) return
    queue.push(id)
    if (rough && random.chance(0.15)) queue.push(id)
  }

  function cancelOne() {
    const rows = [...db.runs.values()].filter(({ status }) => status !== 'ended')
    if (rows.length > 0) random.pick(rows).cancel = true
  }

  /** In any order. */
  function take(rough: boolean) {
    const process = random.pick(processes)
    if (queue.length === 0 || process.drives.length >= 3 || process.stalledUntil > db.now) return
    const [id] = queue.splice(rough ? random.below(queue.length) : 0, 1)
    if (id === undefined) return
    const drive: Drive = { id, token: 0 }
    drive.steps = work(about, { id, onClaim: (token) => Object.assign(drive, { token }) })
    process.drives.push(drive)
  }

  function step(process: Process, rough: boolean) {
    if (process.stalledUntil > db.now) return
    if (rough && random.chance(0.004)) {
      process.stalledUntil = db.now + 3 * LEASE
      return
    }
    if (process.drives.length === 0) return
    const drive = random.pick(process.drives)
    const dies = rough && random.chance(0.01)
    const before = dies && random.chance(0.5)
    try {
      if (drive.next && !before) drive.next.do()
      if (dies) {
        counts.deaths++
        processes[processes.indexOf(process)] = newProcess()
        return
      }
      const following = drive.steps?.next()
      drive.next = following?.value ?? undefined
      if (following?.done) process.drives.splice(process.drives.indexOf(drive), 1)
    } catch (error) {
      if (!(error instanceof Stale)) throw error
      counts.refused++
      process.drives.splice(process.drives.indexOf(drive), 1)
    }
  }
}

const newProcess = (): Process => ({ drives: [], stalledUntil: 0 })
