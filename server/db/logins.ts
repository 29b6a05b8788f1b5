import { createHash, createHmac } from 'node:crypto'
import pg from 'pg'
import type { DatabaseUrls } from './open.ts'

const groups = ['app', 'auth', 'engine', 'admin'] as const
type Group = (typeof groups)[number]

/**
 * Gives this database its four logins, each a member of one group role, and lets nobody else connect.
 * Logins are per database because roles belong to the whole cluster: one database's login must not open another.
 */
export async function ensureLogins(about: { ownerUrl: string; directUrl?: string; secret: string }) {
  const database = databaseName(about.ownerUrl)
  const db = new pg.Client({ connectionString: about.ownerUrl })
  await db.connect()
  try {
    await db.query('BEGIN')
    await db.query(`SELECT pg_advisory_xact_lock(hashtext('trama.logins'))`)
    for (const group of groups) await ensureLogin(db, { group, database, secret: about.secret })
    await db.query('COMMIT')
    await allowOnly(db, { database, loginsOf: database })
  } finally {
    await db.end()
  }
  return urlsFor({ ...about, loginsOf: database })
}

/** The connection URLs of a database's logins; `loginsOf` names the database they were made for. */
export function urlsFor(about: {
  ownerUrl: string
  directUrl?: string
  secret: string
  loginsOf: string
}): DatabaseUrls {
  const as = (group: Group, base: string) => {
    const url = new URL(base)
    url.username = loginName(about.loginsOf, group)
    url.password = passwordOf(about.secret, url.username)
    return url.toString()
  }
  return {
    app: as('app', about.ownerUrl),
    auth: as('auth', about.ownerUrl),
    engine: as('engine', about.ownerUrl),
    admin: as('admin', about.ownerUrl),
    listen: as('engine', about.directUrl ?? about.ownerUrl),
  }
}

/** Only these logins may connect to the database; the engine's may also create BullMQ's schema. */
export async function allowOnly(db: pg.Client, about: { database: string; loginsOf: string }): Promise<void> {
  const database = pg.escapeIdentifier(about.database)
  const names = groups.map((group) => pg.escapeIdentifier(loginName(about.loginsOf, group)))
  const engine = pg.escapeIdentifier(loginName(about.loginsOf, 'engine'))
  await db.query(`
    REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${database} TO ${names.join(', ')};
    GRANT CREATE ON DATABASE ${database} TO ${engine}`)
}

export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

async function ensureLogin(db: pg.Client, about: { group: Group; database: string; secret: string }) {
  const name = loginName(about.database, about.group)
  const role = pg.escapeIdentifier(name)
  const found = await db.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
  if (found.rowCount === 0) await db.query(`CREATE ROLE ${role} LOGIN IN ROLE trama_${about.group}`)
  await db.query(`ALTER ROLE ${role} PASSWORD ${pg.escapeLiteral(passwordOf(about.secret, name))}`)
}

function loginName(database: string, group: Group): string {
  // PostgreSQL cuts names at 63 bytes: a long database name is told apart by its hash.
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 8)
  const stem = Buffer.byteLength(database) <= 40 ? database : `${database.slice(0, 10)}_${hash}`
  return `${stem}_login_${group}`
}

function passwordOf(secret: string, login: string): string {
  return createHmac('sha256', secret).update(`postgres login ${login}`).digest('base64url')
}
