import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'
import type { Json } from '#nodes/kit/json.ts'
import { CodeFailure } from './failures.ts'
import { defaultLimits, type SandboxLimits } from './limits.ts'
import { spawnChild } from './spawn-child.ts'

export interface CodeRun {
  /** The body of an async function; what it returns is the value. */
  code: string
  /** Values it sees, by name. */
  globals: Readonly<Record<string, Json>>
  timeoutMs: number
  signal?: AbortSignal
  /** Lanes take turns when code has to wait: a tenant's id. */
  lane?: string
}

export interface CodeResult {
  value: Json
  logs: string[]
}

export interface Sandbox {
  /** Throws `CodeFailure`: `code_error`, `code_timeout`, `code_memory`. */
  run(about: CodeRun): Promise<CodeResult>
  close(): Promise<void>
}

const Message = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ id: z.number(), started: z.literal(true) }),
  z.strictObject({ id: z.number(), ok: z.literal(true), value: z.string(), logs: z.array(z.string()) }),
  z.strictObject({
    id: z.number(),
    ok: z.literal(false),
    kind: z.enum(['error', 'timeout', 'memory', 'cancelled']),
    message: z.string(),
    logs: z.array(z.string()),
  }),
])
type Message = z.infer<typeof Message>

interface Job {
  id: number
  about: CodeRun
  text: { code: string; names: string[]; globals: string }
  /** Ends the child when even it does not answer. */
  watchdog?: NodeJS.Timeout
  /** How often the child died while it had this job. */
  deaths: number
  resolve(result: CodeResult): void
  reject(error: unknown): void
}

const CHILD_GRACE_MS = 3_000
const MAX_DEATHS = 2

/** Runs users' code in QuickJS, in a worker thread of a process without rights. */
export function createSandbox(limits: Partial<SandboxLimits> = {}, spawn = spawnChild): Sandbox {
  const all: SandboxLimits = { ...defaultLimits, ...limits }
  const jobs = new Map<number, Job>()
  let child: ChildProcess | null = null
  let lastId = 0
  let closed = false

  function running(): ChildProcess {
    if (child) return child
    const fresh = spawn(all)
    let said = ''
    fresh.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-1_000)
    })
    fresh.on('message', (message) => receive(Message.parse(message)))
    fresh.on('error', () => fresh.kill('SIGKILL'))
    fresh.on('exit', () => {
      if (child === fresh) child = null
      afterDeath(said)
    })
    child = fresh
    return fresh
  }

  function send(job: Job): void {
    const { code, names, globals } = job.text
    const { timeoutMs, lane = '' } = job.about
    running().send({ id: job.id, code, names, globals, timeoutMs, lane }, () => undefined)
  }

  function receive(message: Message): void {
    if ('ready' in message) return
    const job = jobs.get(message.id)
    if (!job) return
    if ('started' in message) {
      job.watchdog = setTimeout(() => kill(job), job.about.timeoutMs + CHILD_GRACE_MS)
      return
    }
    forget(job)
    if (message.ok) {
      const value: Json = JSON.parse(message.value)
      job.resolve({ value, logs: message.logs })
    } else job.reject(failureOf(message, job.about.timeoutMs))
  }

  /** The child does not end a worker that is over its time: ends the child. */
  function kill(job: Job): void {
    forget(job)
    job.reject(failureOf({ kind: 'timeout', message: '', logs: [] }, job.about.timeoutMs))
    child?.kill('SIGKILL')
  }

  /** Code has no effects, so what ran beside the culprit is simply run again. */
  function afterDeath(said: string): void {
    for (const job of [...jobs.values()]) {
      clearTimeout(job.watchdog)
      job.deaths += 1
      if (closed || job.deaths > MAX_DEATHS) {
        forget(job)
        const why = closed
          ? 'The server is stopping'
          : `The process that runs code ended (${said.trim() || 'no reason given'})`
        job.reject(closed ? new Error(why) : new CodeFailure('code_memory', why))
      } else send(job)
    }
  }

  function forget(job: Job): void {
    clearTimeout(job.watchdog)
    jobs.delete(job.id)
  }

  return {
    run(about) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error('The sandbox is closed'))
        if (about.signal?.aborted) return reject(about.signal.reason)
        const text = textOf(about)
        lastId += 1
        const id = lastId
        const abort = () => {
          jobs.delete(id)
          clearTimeout(job.watchdog)
          child?.send({ cancel: id }, () => undefined)
          reject(about.signal?.reason)
        }
        const settle =
          <Value>(then: (value: Value) => void) =>
          (value: Value) => {
            about.signal?.removeEventListener('abort', abort)
            then(value)
          }
        const job: Job = { id, about, text, deaths: 0, resolve: settle(resolve), reject: settle(reject) }
        about.signal?.addEventListener('abort', abort, { once: true })
        jobs.set(id, job)
        send(job)
      })
    },
    async close() {
      closed = true
      const ending = child
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
      const exited = new Promise((done) => ending.once('exit', done))
      ending.kill('SIGKILL')
      await exited
    },
  }
}

function textOf({ code, globals }: CodeRun): Job['text'] {
  const names = Object.keys(globals)
  const strange = names.find((name) => !/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name))
  if (strange !== undefined) throw new CodeFailure('code_error', `“${strange}” cannot be the name of a value`)
  if (code.includes('\0')) throw new CodeFailure('code_error', 'The code has a NUL character in it')
  return { code, names, globals: JSON.stringify(Object.values(globals)) }
}

function failureOf(
  answer: { kind: 'error' | 'timeout' | 'memory' | 'cancelled'; message: string; logs: string[] },
  timeoutMs: number,
): CodeFailure {
  const { kind, message, logs } = answer
  switch (kind) {
    case 'error':
      return new CodeFailure('code_error', message, logs)
    case 'timeout':
      return new CodeFailure('code_timeout', `The code did not end within ${timeoutMs} ms`, logs)
    case 'memory':
      return new CodeFailure('code_memory', message || 'The code used too much memory', logs)
    case 'cancelled':
      return new CodeFailure('code_error', 'The code was stopped', logs)
    default:
      return kind satisfies never
  }
}
