import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'

// The advisory lock and the table of `prisma migrate`, so that both can be used on one database.
const lock = 72707369
const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

interface Applied {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

export const migrationsFolder = path.resolve(import.meta.dirname, '../../prisma/migrations')

/**
 * Applies what is missing, as `prisma migrate deploy` would but without its engine, and all of it or nothing.
 * Any number of processes may start at once. Returns the names.
 */
export async function migrate(ownerUrl: string, folder = migrationsFolder): Promise<string[]> {
  const db = new pg.Client({ connectionString: ownerUrl })
  await db.connect()
  try {
    await db.query('BEGIN')
    await db.query('SELECT pg_advisory_xact_lock($1)', [lock])
    await db.query(ledger)
    const applied = await applyMissing(db, folder)
    await db.query('COMMIT')
    return applied
  } finally {
    await db.end()
  }
}

async function applyMissing(db: pg.Client, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const { rows } = await db.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const failed = rows.find((row) => row.finished_at === null)
  if (failed) {
    throw new Error(`Migration ${failed.migration_name} failed earlier: see "npx prisma migrate resolve"`)
  }
  const applied: string[] = []
  for (const name of names.sort()) {
    const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
    const checksum = createHash('sha256').update(sql).digest('hex')
    const done = rows.find((row) => row.migration_name === name)
    if (done && done.checksum !== checksum)
      throw new Error(`Migration ${name} was edited after it was applied`)
    if (done) continue
    await apply(db, { name, sql, checksum })
    applied.push(name)
  }
  return applied
}

async function apply(db: pg.Client, about: { name: string; sql: string; checksum: string }): Promise<void> {
  try {
    await db.query(about.sql)
  } catch (error) {
    throw new Error(`Migration ${about.name}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
  await db.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, clock_timestamp(), 1)`,
    [randomUUID(), about.checksum, about.name],
  )
}
