import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
export const owner = { email: 'ada@example.com', password: 'correct horse battery', tenant: 'Acme' } as const

/** A real installation in a folder of its own: it can be killed and started again on the same address and data. */
export interface Trama {
  url: string
  env: Record<string, string>
  start(): Promise<void>
  /** As a power cut would: no goodbye. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function installTrama(extra: Record<string, string> = {}): Promise<Trama> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-e2e-'))
  // As root, the embedded database runs as another user, who has to get in.
  fs.chmodSync(folder, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PORT: String(port),
    BASE_URL: url,
    TRAMA_DATA: folder,
    TRAMA_OWNER_EMAIL: owner.email,
    TRAMA_OWNER_PASSWORD: owner.password,
    TRAMA_TENANT: owner.tenant,
    ...extra,
  }
  let child: ChildProcess | undefined

  async function start() {
    child = spawn(
      process.execPath,
      ['--import', './scripts/lib/typescript.mjs', '--disable-proto=delete', 'server/main.ts'],
      {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text))
    for (let tries = 0; tries < 900; tries++) {
      if (child.exitCode !== null) throw new Error(`Trama stopped (${child.exitCode}):\n${output}`)
      if (await isUp(url)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`Trama did not come up:\n${output}`)
  }

  async function end(signal: NodeJS.Signals) {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  return {
    url,
    env,
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function isUp(url: string) {
  return fetch(`${url}/api/health`).then(
    (reply) => reply.ok,
    () => false,
  )
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}
