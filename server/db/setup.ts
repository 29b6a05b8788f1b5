import path from 'node:path'
import pg from 'pg'
import { startPostgres } from './embedded-postgres.ts'
import { ensureLogins } from './logins.ts'
import { migrate } from './migrate.ts'
import type { DatabaseUrls } from './open.ts'

export interface ReadyDatabase {
  urls: DatabaseUrls
  /** Names of the migrations this start applied. */
  migrated: string[]
  /** Stops what this started: nothing when the database is somebody else's. */
  stop(): Promise<void>
}

/** Everything before the first query: a running PostgreSQL, its database, tables and logins. */
export async function setupDatabase(about: {
  /** Of the tables' owner; without one the embedded PostgreSQL is started. */
  databaseUrl?: string
  /** The same database without a pooler, for LISTEN. */
  directUrl?: string
  dataFolder: string
  secret: string
  fast?: boolean
}): Promise<ReadyDatabase> {
  const embedded = about.databaseUrl
    ? undefined
    : await startPostgres({ dir: path.join(about.dataFolder, 'postgres'), fast: about.fast })
  const stop = async () => embedded?.stop()
  try {
    const ownerUrl = about.databaseUrl ?? (await ensureDatabase(embedded?.url ?? '', 'trama'))
    const migrated = await migrate(about.directUrl ?? ownerUrl)
    const urls = await ensureLogins({ ownerUrl, directUrl: about.directUrl, secret: about.secret })
    return { urls, migrated, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Creates a database beside the given one unless it is there; returns its URL. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<string> {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const found = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    // Two first starts at once: the other one made it.
    if (!(error instanceof pg.DatabaseError && ['42P04', '23505'].includes(error.code ?? ''))) throw error
  } finally {
    await admin.end()
  }
  return url.toString()
}
