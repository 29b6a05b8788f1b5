import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort } from '../../../server/db/embedded-postgres.ts'
import { endTrama, type Installation, isUp, type Role, type Started, startTrama } from '../../lib/trama.ts'

/** What all processes of the last go said, one after the other. */
const logFile = path.resolve(import.meta.dirname, '../../../.cache/faults.log')
const hurt = pathToFileURL(path.join(import.meta.dirname, 'hurt.mjs')).href

/** What is wrong with a process from its start. */
export interface Hurt {
  clockMs?: number
  /** How long its event loop stands still on SIGUSR2. */
  blockMs?: number
  /** It dies at this boundary, counted from SIGUSR2 on. */
  dieAt?: number
  /** A file that has how many boundaries there were since SIGUSR2. */
  countIn?: string
}

export interface Member extends Started {
  name: string
  port: number
}

interface Launch extends Hurt {
  name: string
  role: Role
  port: number
}

/** When a process could not do its work, in ms on our clock; `until` is absent for what never came back. */
export interface Outage {
  pid: number
  kind: string
  from: number
  until?: number
}

/** A process that ended although nobody ended it. */
export interface Fall {
  name: string
  pid: number
  code: number | null
  at: number
}

/** Processes of one installation, each of which comes back whenever it ends, as under any supervisor. */
export function createFleet(installation: Omit<Installation, 'origin'>) {
  const members = new Map<string, Member>()
  const outages: Outage[] = []
  const falls: Fall[] = []
  /** When the database was not there: nobody could have gone on then. */
  const away: { from: number; until: number }[] = []
  const ending = new Set<number>()
  /** Those that are stopped or blocked just now. */
  const still = new Set<string>()
  fs.mkdirSync(path.dirname(logFile), { recursive: true })
  const log = fs.openSync(logFile, 'w')
  let stopped = false
  let origin = ''

  function launch({ name, role, port, ...wrong }: Launch): Member {
    const started = startTrama(
      { ...installation, origin },
      {
        ...{ role, port, log },
        nodeArgs: ['--import', hurt],
        env: { TRAMA_FAULTS: JSON.stringify({ blockMs: 13_000, ...wrong }) },
      },
    )
    const member = { ...started, name, port }
    members.set(name, member)
    started.child.once('exit', (code) => {
      if (ending.has(started.pid) || members.get(name) !== member) return
      if (wrong.dieAt) return void members.delete(name)
      falls.push({ name, pid: started.pid, code, at: Date.now() })
      outages.push({ pid: started.pid, kind: 'fell', from: Date.now() })
      setTimeout(() => {
        if (!stopped && members.get(name) === member) launch({ name, role, port })
      }, 500)
    })
    return member
  }

  /** What begins and ends a process of one name goes one after the other. */
  const turns = new Map<string, Promise<unknown>>()
  function inTurn<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    const done = (turns.get(name) ?? Promise.resolve()).then(work)
    turns.set(
      name,
      done.catch(() => undefined),
    )
    return done
  }

  async function end(name: string, signal: 'SIGTERM' | 'SIGKILL') {
    const member = named(name)
    ending.add(member.pid)
    await endTrama(member, signal)
    return member
  }

  const serves = ({ role }: Member) => role === 'all' || role === 'web'
  const works = ({ role }: Member) => role === 'all' || role === 'worker'
  const named = (name: string) => {
    const member = members.get(name)
    if (!member) throw new Error(`There is no process ${name}`)
    return member
  }

  return {
    outages,
    falls,
    away,
    still,
    named,
    all: () => [...members.values()],
    webs: () => [...members.values()].filter(serves),
    workers: () => [...members.values()].filter(works),
    async add(name: string, role: Role, wrong: Hurt = {}): Promise<Member> {
      const port = await freePort()
      if (origin === '') origin = `http://127.0.0.1:${port}`
      return launch({ name, role, port, ...wrong })
    },
    /** Resolves when whoever answers calls does so. */
    async areUp() {
      await Promise.all([...members.values()].filter(serves).map(isUp))
    },
    /** Ends a process without a word, and starts another in its place. */
    kill: (name: string, wrong: Hurt = {}) =>
      inTurn(name, async () => {
        outages.push({ pid: named(name).pid, kind: 'kill', from: Date.now() })
        const { role, port } = await end(name, 'SIGKILL')
        return launch({ name, role, port, ...wrong })
      }),
    /** Asks a process to end, and starts another once it has. */
    replace: (name: string) =>
      inTurn(name, async () => {
        const { role, port } = await end(name, 'SIGTERM')
        return launch({ name, role, port })
      }),
    remove: (name: string) =>
      inTurn(name, async () => {
        await end(name, 'SIGTERM')
        members.delete(name)
      }),
    /** Stops a process where it stands, and lets it go on as if no time had passed. */
    async pause(name: string, ms: number) {
      const { pid, child } = named(name)
      const outage: Outage = { pid, kind: 'pause', from: Date.now() }
      outages.push(outage)
      still.add(name)
      child.kill('SIGSTOP')
      const back = await Promise.race([wait(ms).then(() => true), once(child, 'exit').then(() => false)])
      still.delete(name)
      if (!back) return
      outage.until = Date.now()
      child.kill('SIGCONT')
    },
    /** The event loop of a process stands still. Its heartbeat has a thread of its own, so it loses nothing. */
    async block(name: string) {
      const { child, pid } = named(name)
      if (!(await hasListened(pid))) return
      still.add(name)
      child.kill('SIGUSR2')
      await wait(14_000)
      still.delete(name)
    },
    async stop() {
      stopped = true
      await Promise.all([...members.keys()].map((name) => end(name, 'SIGKILL')))
      fs.closeSync(log)
    },
  }
}
export type Fleet = ReturnType<typeof createFleet>

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Whether a process has come so far that the signal would not end it. */
async function hasListened(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const status = await fs.promises.readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const caught = BigInt(`0x${/^SigCgt:\s+([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`)
    if (caught & (1n << BigInt(os.constants.signals.SIGUSR2 - 1))) return true
    await wait(100)
  }
  return false
}
