// A real installation for the time of the measurement: embedded PostgreSQL with fsync on, one Trama process.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../server/db/embedded-postgres.ts'
import { ensureDatabase } from '../../server/db/setup.ts'
import { root } from '../lib/prepare.mjs'
import { serverArgs } from '../lib/serve.mjs'

const apiKey = `trama_${'b'.repeat(43)}`

export async function install() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-bench-'))
  // As root, the embedded database runs as another user, who has to get in.
  fs.chmodSync(folder, 0o755)
  const postgres = await startPostgres({ dir: path.join(folder, 'postgres') })
  const databaseUrl = await ensureDatabase(postgres.url, 'trama')
  const origin = `http://127.0.0.1:${await freePort()}`
  const server = spawn(process.execPath, serverArgs, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...settings(origin, { databaseUrl, folder }) },
  })
  const db = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  // Its last connections may hear of the end of the database before they are closed.
  db.on('error', () => undefined)
  async function stop() {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
    await db.end()
    await postgres.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answers(`${origin}/api/health`, server)
    // Limits are for tenants that share a machine; here one has it all.
    await db.query(
      'UPDATE installation SET runs_per_minute = 2000000000, queued_runs = 2000000000, concurrent_runs = 100000',
    )
    return {
      origin,
      db,
      pid: server.pid,
      postgresPid: pidOf(folder),
      boundUrl: await ensureDatabase(postgres.url, 'bound'),
      publish: (name, document) => publish(origin, { name, document }),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const pidOf = (folder) =>
  Number(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

/** Makes a workflow and publishes it; its id. */
async function publish(origin, body) {
  const { id } = await call(origin, { path: '/workflows', body })
  await call(origin, { path: `/workflows/${id}/publish`, body: {} })
  return id
}

function settings(origin, { databaseUrl, folder }) {
  return {
    NODE_ENV: 'production',
    PORT: new URL(origin).port,
    BASE_URL: origin,
    DATABASE_URL: databaseUrl,
    TRAMA_DATA: folder,
    TRAMA_SECRET: 'a secret that only the benchmark knows',
    TRAMA_OWNER_EMAIL: 'bench@example.com',
    TRAMA_OWNER_PASSWORD: 'correct horse battery',
    TRAMA_TENANT: 'Bench',
    TRAMA_API_KEY: apiKey,
  }
}

async function call(origin, { path: address, body }) {
  const reply = await fetch(`${origin}/api/v1${address}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`${address}: ${reply.status} ${await reply.text()}`)
  return reply.json()
}

async function answers(url, server) {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error('Trama did not start')
    const ok = await fetch(url).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Trama did not come up')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
