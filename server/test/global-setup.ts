import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { isAlive, startPostgres, stopAbandoned } from '../db/embedded-postgres.ts'
import { ensureLogins } from '../db/logins.ts'
import { migrate } from '../db/migrate.ts'
import { ensureDatabase } from '../db/setup.ts'
import { startRedis } from './redis.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `adminUrl` is of the cluster's superuser; `template` is the migrated database that tests copy. */
    postgres: { adminUrl: string; template: string; secret: string }
    redis: { url: string } | { problem: string }
  }
}

const root = path.resolve(import.meta.dirname, '../..')
const template = 'trama_test'
const secret = 'a secret that only tests know'

/** Once for all test files: a PostgreSQL without fsync, one migrated database to copy, a Redis. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers()
  generateClient()
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `trama-test-${process.pid}-`))
  // PostgreSQL runs as another user when we are root.
  fs.chmodSync(dir, 0o755)
  const [postgres, redis] = await Promise.all([preparePostgres(dir), prepareRedis(dir)])
  project.provide('postgres', { adminUrl: postgres.url, template, secret })
  project.provide('redis', 'url' in redis ? { url: redis.url } : redis)
  return async () => {
    await Promise.all([postgres.stop(), 'stop' in redis ? redis.stop() : undefined])
    fs.rmSync(dir, { recursive: true, force: true })
  }
}

async function preparePostgres(dir: string) {
  const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), fast: true })
  const ownerUrl = await ensureDatabase(postgres.url, template)
  await migrate(ownerUrl)
  await ensureLogins({ ownerUrl, secret })
  return postgres
}

/** Only the tests that need Redis fail without one, and say how to get it. */
async function prepareRedis(dir: string) {
  try {
    return await startRedis({ dir: path.join(dir, 'redis'), cache: path.join(root, '.cache') })
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Of runs that were killed: their servers still run, and nobody will stop them. The name says whose it is. */
async function removeLeftovers(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = Number(/^trama-test-(\d+)-/.exec(name)?.[1] ?? 0)
    if (pid === 0 || isAlive(pid)) continue
    const dir = path.join(os.tmpdir(), name)
    await stopAbandoned(path.join(dir, 'postgres'))
    fs.rmSync(dir, { recursive: true, force: true })
  }
}

function generateClient(): void {
  const generated = path.join(root, 'server/db/generated/client.ts')
  const schema = path.join(root, 'prisma/schema.prisma')
  if (fs.existsSync(generated) && fs.statSync(generated).mtimeMs >= fs.statSync(schema).mtimeMs) return
  const prisma = path.join(root, 'node_modules/prisma/build/index.js')
  const made = spawnSync(process.execPath, [prisma, 'generate'], { cwd: root, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`prisma generate failed:\n${made.stdout}${made.stderr}`)
}
