import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { serverArgs } from './serve.mjs'

// Real processes of Trama on this machine, for what measures and hurts them.

const root = path.resolve(import.meta.dirname, '../..')
const apiKey = `trama_${'b'.repeat(43)}`
/** Of the vault too: what the harness seals, the processes open. */
export const secret = 'a secret that only this machine knows for an hour'

export type Role = 'all' | 'web' | 'worker' | 'scheduler'

/** What every process of one installation has in common. */
export interface Installation {
  databaseUrl: string
  redisUrl?: string
  folder: string
  /** Where its web processes say they are. */
  origin: string
  egressAllow?: readonly string[]
  serviceHosts?: readonly string[]
}

export interface Started {
  role: Role
  origin: string
  child: ChildProcess
  pid: number
}

interface Start {
  role: Role
  port: number
  /** For Node, before the program: a profile, something to load first. */
  nodeArgs?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** A file that takes what it says; absent: its log is dropped and its stderr shown. */
  log?: number
}

/** Starts one process; its role, port and surroundings are the caller's choice. */
export function startTrama(
  about: Installation,
  { role, port, nodeArgs = [], env = {}, log }: Start,
): Started {
  const child = spawn(process.execPath, [...nodeArgs, ...serverArgs], {
    cwd: root,
    stdio: ['ignore', log ?? 'ignore', log ?? 'inherit'],
    env: { ...process.env, ...settings(about, { role, port }), ...env },
  })
  return { role, origin: `http://127.0.0.1:${port}`, child, pid: child.pid ?? 0 }
}

function settings(about: Installation, { role, port }: Pick<Start, 'role' | 'port'>) {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    BASE_URL: about.origin,
    DATABASE_URL: about.databaseUrl,
    REDIS_URL: about.redisUrl ?? '',
    TRAMA_ROLE: role,
    TRAMA_DATA: about.folder,
    TRAMA_SECRET: secret,
    TRAMA_OWNER_EMAIL: 'bench@example.com',
    TRAMA_OWNER_PASSWORD: 'correct horse battery',
    TRAMA_TENANT: 'Bench',
    TRAMA_API_KEY: apiKey,
    TRAMA_EGRESS_ALLOW: (about.egressAllow ?? []).join(','),
    TRAMA_SERVICE_HOSTS: (about.serviceHosts ?? []).join(','),
  }
}

/** Until the process answers that all is well; rejects when it ends. */
export async function isUp({ origin, child }: Started): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('Trama did not start')
    const ok = await fetch(`${origin}/api/health`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ok) return
    await sleep(50)
  }
  throw new Error('Trama did not come up')
}

/** Ends a process in peace, or at once. */
export async function endTrama({ child }: Started, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** Calls the public API as its owner. */
export async function callApi(
  origin: string,
  { path: address, body }: { path: string; body: unknown },
): Promise<unknown> {
  const reply = await fetch(`${origin}/api/v1${address}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${address}: ${reply.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

const Made = z.object({ id: z.string() })

/** Makes a workflow and publishes it; its id. */
export async function publish(origin: string, body: { name: string; document: unknown }): Promise<string> {
  const { id } = Made.parse(await callApi(origin, { path: '/workflows', body }))
  await callApi(origin, { path: `/workflows/${id}/publish`, body: {} })
  return id
}
