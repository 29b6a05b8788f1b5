import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runMigrations } from 'bullmq'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, startPostgres } from './embedded-postgres.ts'
import { newId, shortId } from './id.ts'
import { type Databases, openDatabases } from './open.ts'
import { ensureDatabase, setupDatabase } from './setup.ts'
import { inTenant } from './tenant.ts'

// A cluster of its own: roles belong to the cluster, and here they are made by somebody who is no superuser.
let folder = ''
let cluster: EmbeddedPostgres
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-setup-'))
  fs.chmodSync(folder, 0o755)
  cluster = await startPostgres({ dir: path.join(folder, 'postgres'), fast: true })
})
afterAll(async () => {
  await cluster.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const secret = 'one secret of the installation'

async function databaseOwnedBy(name: string, login: string): Promise<string> {
  const admin = new pg.Client({ connectionString: cluster.url })
  await admin.connect()
  await admin.query(`CREATE ROLE ${login} LOGIN CREATEROLE PASSWORD 'word'`)
  await admin.query(`CREATE DATABASE ${name} OWNER ${login}`)
  await admin.end()
  const url = new URL(cluster.url)
  Object.assign(url, { username: login, password: 'word', pathname: `/${name}` })
  return url.toString()
}

async function open<T>(databases: Databases, work: (databases: Databases) => Promise<T>): Promise<T> {
  try {
    return await work(databases)
  } finally {
    await databases.close()
  }
}

test('an owner without superpowers sets it all up, and every role can do its work', async () => {
  const databaseUrl = await databaseOwnedBy('acme', 'acme_owner')
  const about = { databaseUrl, dataFolder: folder, secret }
  const ready = await Promise.all([setupDatabase(about), setupDatabase(about)])
  expect(ready.map(({ migrated }) => migrated.length).sort()).toEqual([0, 4])

  await open(openDatabases(ready[0].urls), async ({ app, auth, engine }) => {
    const tenantId = shortId()
    await auth.tenant.create({ data: { id: tenantId, slug: 'acme', name: 'Acme' } })
    const id = newId()
    await inTenant(app, tenantId, (db) =>
      db.workflow.create({ data: { tenantId, id, name: 'One', draft: { nodes: [] } } }),
    )
    expect(await inTenant(app, tenantId, (db) => db.workflow.count())).toBe(1)
    expect(await app.workflow.count()).toBe(0)
    expect(await app.$queryRaw`SELECT * FROM resolve_hook('acme', 'GET', 'x')`).toEqual([])
    await engine.query(
      `INSERT INTO run (tenant_id, id, workflow_id, document, started_by, trigger_key, input)
       VALUES ($1, $2, $3, '{}', 'manual', 'start', '{}')`,
      [tenantId, newId(), id],
    )
    expect((await engine.query('SELECT status FROM run')).rows).toEqual([{ status: 'queued' }])
    await auth.tenant.delete({ where: { id: tenantId } })
    expect((await engine.query('SELECT FROM run')).rowCount).toBe(0)
  })

  const owner = new pg.Client({ connectionString: databaseUrl })
  await owner.connect()
  // The owner made the resolver, and keeps none of its rights.
  await expect(owner.query('SET ROLE trama_resolver')).rejects.toMatchObject({ code: '42501' })
  await owner.end()
})

test('the engine makes and uses BullMQ’s tables', async () => {
  const ownerUrl = await ensureDatabase(cluster.url, 'queues')
  const { urls } = await setupDatabase({ databaseUrl: ownerUrl, dataFolder: folder, secret })
  await open(openDatabases(urls), async ({ engine }) => {
    const client = await engine.connect()
    await runMigrations(client)
    await runMigrations(client)
    client.release()
    const { rows } = await engine.query(
      "SELECT count(*)::int AS made FROM pg_tables WHERE schemaname = 'bullmq'",
    )
    expect(rows[0].made).toBeGreaterThan(3)
  })
})

test('a login of one database does not open another', async () => {
  const [one, two] = await Promise.all(['one', 'two'].map((name) => ensureDatabase(cluster.url, name)))
  const ready = await setupDatabase({ databaseUrl: one, dataFolder: folder, secret })
  await setupDatabase({ databaseUrl: two, dataFolder: folder, secret })
  for (const url of [ready.urls.app, ready.urls.auth, ready.urls.engine]) {
    const elsewhere = new URL(url)
    elsewhere.pathname = '/two'
    const client = new pg.Client({ connectionString: elsewhere.toString() })
    await expect(client.connect()).rejects.toMatchObject({ code: '42501' })
  }
})

test('another secret is another password: the next start sets it', async () => {
  const databaseUrl = await ensureDatabase(cluster.url, 'secrets')
  const before = await setupDatabase({ databaseUrl, dataFolder: folder, secret })
  const after = await setupDatabase({ databaseUrl, dataFolder: folder, secret: 'a new secret' })
  expect(after.urls.app).not.toBe(before.urls.app)
  await open(openDatabases(after.urls), async ({ engine }) => {
    expect((await engine.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})

test('without a database it starts one, and stops it', async () => {
  const dataFolder = path.join(folder, 'embedded')
  const first = await setupDatabase({ dataFolder, secret, fast: true })
  expect(first.migrated).toContain('0001_foundation')
  await first.stop()
  const second = await setupDatabase({ dataFolder, secret, fast: true })
  expect(second.migrated).toEqual([])
  await open(openDatabases(second.urls), async ({ auth }) => expect(await auth.user.count()).toBe(0))
  await second.stop()
})
