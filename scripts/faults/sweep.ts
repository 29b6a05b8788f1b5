import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Checked, check } from './checker/check.ts'
import { rich } from './workflows.ts'
import { startWorld, type World } from './world/installation.ts'
import { watchProcesses } from './world/processes.ts'

const RUN_MS = 12_000
const Reply = z.object({ runId: z.uuid() })

export interface SweepFound extends Checked {
  /** How many boundaries one run has. */
  boundaries: number
  /** At how many of them the process was killed. */
  deaths: number
}

interface About {
  seed: number
  queue: 'redis' | 'postgres'
  /** How many boundaries to try, spread evenly. */
  points: number
  say(text: string): void
}

/**
 * Kills the process that took a run in and drives it at one boundary of its I/O after the other, each time in a fresh
 * run of the same workflow, and has another process end it. One death a run, at every place there is.
 */
export async function sweepCrashPoints({ seed, queue, points, say }: About): Promise<SweepFound> {
  say(`Crash points, ${queue} queue: starting …`)
  const world = await startWorld({ seed, queue, errors: 0 })
  const processes = watchProcesses(world.db)
  const acknowledged: { key: string; path: string; runId: string }[] = []
  try {
    await world.publish('rich', rich(world.provider.origin))
    const boundaries = await countBoundaries(world)
    say(`One run has ${boundaries} boundaries`)
    let deaths = 0
    for (const dieAt of spread(boundaries, points)) {
      const key = `sweep-${dieAt}`
      const dead = await dieOnce(world, { dieAt, key })
      if (dead) deaths++
      acknowledged.push({ key, path: 'rich', runId: await driveToEnd(world, { key, dead }) })
      if (deaths % 10 === 0) say(`${deaths} deaths, the last at ${dieAt} …`)
    }
    return { boundaries, deaths, ...(await check({ world, load: { acknowledged, givenUp: [] }, processes })) }
  } finally {
    processes.stop()
    await world.stop()
  }
}

function spread(count: number, points: number): number[] {
  const step = Math.max(1, count / points)
  const all = Array.from({ length: Math.ceil(count / step) }, (_, at) => Math.round(1 + at * step))
  return [...new Set(all)].filter((at) => at <= count)
}

async function countBoundaries(world: World): Promise<number> {
  const countIn = path.join(world.servers.folder, 'count')
  const victim = await world.fleet.add('count', 'all', { countIn })
  await world.fleet.areUp()
  await alone(world, { name: 'count', key: 'count' })
  const count = Number(fs.readFileSync(countIn, 'utf8'))
  await world.fleet.remove(victim.name)
  return count
}

/** The process that died; null when the run ended before it came to that. */
async function dieOnce(world: World, { dieAt, key }: { dieAt: number; key: string }): Promise<number | null> {
  const name = `victim-${dieAt}`
  const { pid, child } = await world.fleet.add(name, 'all', { dieAt })
  await world.fleet.areUp()
  await alone(world, { name, key })
  if (child.signalCode !== 'SIGKILL') {
    await world.fleet.remove(name)
    return null
  }
  world.fleet.outages.push({ pid, kind: 'kill', from: Date.now() })
  return pid
}

/** Has one process take a run in and drive it while all the others stand still, until the run ends or it dies. */
async function alone(world: World, { name, key }: { name: string; key: string }): Promise<void> {
  const { child, origin } = world.fleet.named(name)
  const others = world.fleet.all().filter((one) => one.name !== name)
  for (const one of others) one.child.kill('SIGSTOP')
  try {
    child.kill('SIGUSR2')
    await sleep(20)
    await call(origin, key).catch(() => null)
    const until = Date.now() + RUN_MS
    const isGone = () => child.exitCode !== null || child.signalCode !== null
    while (!isGone() && Date.now() < until && !(await hasEnded(world.db, key))) await sleep(50)
  } finally {
    for (const one of others) one.child.kill('SIGCONT')
  }
}

/** Whoever called and was not answered calls again; the dead process's leases run out, which is not waited for. */
async function driveToEnd(
  { fleet, db }: World,
  { key, dead }: { key: string; dead: number | null },
): Promise<string> {
  const [survivor] = fleet.webs()
  if (!survivor) throw new Error('Nobody is left')
  const runId = await call(survivor.origin, key)
  await db.query(
    'UPDATE run SET lease_until = now() WHERE lease_owner IN (SELECT id FROM process WHERE pid = $1)',
    [dead ?? 0],
  )
  const until = Date.now() + 20_000
  while (Date.now() < until && !(await hasEnded(db, key))) await sleep(50)
  return runId
}

async function hasEnded(db: World['db'], key: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT FROM run WHERE dedupe_key LIKE '%:' || $1 AND finished_at IS NOT NULL`,
    [key],
  )
  return rowCount === 1
}

async function call(origin: string, key: string): Promise<string> {
  const reply = await fetch(`${origin}/hooks/bench/rich`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ key }),
    signal: AbortSignal.timeout(5_000),
  })
  return Reply.parse(await reply.json()).runId
}
