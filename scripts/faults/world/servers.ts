import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort, isAlive, startPostgres } from '../../../server/db/embedded-postgres.ts'
import { ensureDatabase } from '../../../server/db/setup.ts'
import { startRedis } from '../../../server/test/redis.ts'

const cache = path.resolve(import.meta.dirname, '../../../.cache')

/** PostgreSQL and Redis of the harness's own, each of which can be ended and begun again at the same address. */
export async function startServers({ redis: wantsRedis }: { redis: boolean }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-faults-'))
  // As root, the embedded database runs as another user, who has to get in.
  fs.chmodSync(folder, 0o755)
  const dir = path.join(folder, 'postgres')
  const port = await freePort()
  const postgres = await startPostgres({ dir, port })
  const databaseUrl = await ensureDatabase(postgres.url, 'trama')
  const redisPort = await freePort()
  const begin = () => startRedis({ dir: path.join(folder, 'redis'), cache, port: redisPort })
  let redis = wantsRedis ? await begin() : undefined

  return {
    folder,
    databaseUrl,
    redisUrl: redis?.url,
    /** Another database beside the first. */
    database: (name: string) => ensureDatabase(postgres.url, name),
    /** SIGINT ends the sessions and writes everything down; SIGQUIT is as good as a crash. */
    async restartPostgres(signal: 'SIGINT' | 'SIGQUIT') {
      const pid = Number(fs.readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, signal)
      while (isAlive(pid)) await sleep(20)
      await startPostgres({ dir, port })
    },
    /** Everything that is in it is gone, and it goes on. */
    async flushRedis() {
      if (!redis) return
      const client = new Redis(redis.url, { maxRetriesPerRequest: 0, retryStrategy: () => null })
      client.on('error', () => undefined)
      await client.flushall().finally(() => client.disconnect())
    },
    /** Without a word, and with nothing kept. */
    async restartRedis(awayMs: number) {
      if (redis?.pid) process.kill(redis.pid, 'SIGKILL')
      await sleep(awayMs)
      redis = await begin()
    },
    async stop() {
      if (redis?.pid && isAlive(redis.pid)) process.kill(redis.pid, 'SIGKILL')
      const last = await startPostgres({ dir, port })
      await last.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}
