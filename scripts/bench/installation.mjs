// A real installation for the time of the measurement: embedded PostgreSQL with fsync on, a queue, Trama's processes.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort, startPostgres } from '../../server/db/embedded-postgres.ts'
import { ensureDatabase } from '../../server/db/setup.ts'
import { startRedis } from '../../server/test/redis.ts'
import { root } from '../lib/prepare.mjs'
import { endTrama, isUp, publish, startTrama } from '../lib/trama.ts'

/** The two servers every measurement stands on. */
export async function startServers({ redis: wantsRedis }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-bench-'))
  // As root, the embedded database runs as another user, who has to get in.
  fs.chmodSync(folder, 0o755)
  const postgres = await startPostgres({ dir: path.join(folder, 'postgres') })
  const redis = wantsRedis
    ? await startRedis({ dir: path.join(folder, 'redis'), cache: path.join(root, '.cache') })
    : undefined
  return {
    folder,
    redis,
    postgresPid: Number(
      fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
    ),
    database: (name) => ensureDatabase(postgres.url, name),
    async stop() {
      await redis?.stop()
      await postgres.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Trama on a database of its own: one process that is everything, or with `workers` one that is web and scheduler and
 * so many that work.
 */
export async function install(servers, { queue, workers = 0, nodeArgs = [] }) {
  const port = await freePort()
  const databaseUrl = await servers.database(`trama_${port}`)
  const about = {
    databaseUrl,
    redisUrl: queue === 'redis' ? servers.redis?.url : undefined,
    folder: servers.folder,
    origin: `http://127.0.0.1:${port}`,
    egressAllow: ['127.0.0.1'],
  }
  const db = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  // Its last connections may hear of the end of the database before they are closed.
  db.on('error', () => undefined)
  const processes = []
  async function stop() {
    await Promise.all(processes.map((one) => endTrama(one)))
    await db.end()
  }
  async function add(role) {
    const one = startTrama(about, { role, port: role === 'worker' ? 0 : port, nodeArgs })
    processes.push(one)
    return one
  }
  try {
    const first = await add(workers === 0 ? 'all' : 'web')
    await isUp(first)
    for (let count = 0; count < workers; count++) await add('worker')
    if (workers > 0) await add('scheduler')
    await atWork(db, processes.length)
    await lift(db)
    return {
      queue,
      origin: about.origin,
      db,
      pids: () => ({
        trama: processes.map(({ pid }) => pid),
        postgres: servers.postgresPid,
        redis: servers.redis?.pid,
      }),
      publish: (name, document) => publish(about.origin, { name, document }),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Limits are for tenants that share a machine; here one has it all. */
async function lift(db) {
  await db.query(
    'UPDATE installation SET runs_per_minute = 2000000000, queued_runs = 2000000000, concurrent_runs = 100000',
  )
}

/** Until every process has said that it is there. */
async function atWork(db, count) {
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await db.query('SELECT count(*)::int AS count FROM process')
    if (rows[0].count >= count) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('A process of Trama did not come up')
}
