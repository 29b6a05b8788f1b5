import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

export interface DatabaseUrls {
  app: string
  auth: string
  engine: string
  admin: string
  /** For LISTEN, which does not pass through a pooler. */
  listen: string
}

/** A tenant's data, for the web. Sees nothing outside `inTenant`. */
export type AppClient = ReturnType<typeof openApp>
/** People, sessions, tenants, members. */
export type AuthClient = PrismaClient
/** The installation's administration: over all tenants, what its grants show (prisma/migrations/0002_mission). */
export type AdminClient = PrismaClient

export interface Databases {
  app: AppClient
  auth: AuthClient
  admin: AdminClient
  /** Runs of all tenants; the rest of a tenant's data only with that tenant set. Plain SQL (decision 002). */
  engine: pg.Pool
  listenUrl: string
  close(): Promise<void>
}

/** One set of pools for the process. Nothing connects before its first query. */
export function openDatabases(urls: DatabaseUrls, poolSize = 10): Databases {
  const app = openApp(urls.app, poolSize)
  const auth: AuthClient = new PrismaClient({ adapter: adapter(urls.auth, poolSize) })
  const admin: AdminClient = new PrismaClient({ adapter: adapter(urls.admin, Math.min(poolSize, 3)) })
  const engine = new pg.Pool({
    connectionString: urls.engine,
    max: poolSize,
    application_name: 'trama engine',
  })
  // A connection that breaks is replaced by the pool, and whoever waits for an answer on it hears of it. Without a
  // listener it would end the process, be it idle or in the middle of a transaction.
  engine.on('error', () => undefined)
  engine.on('connect', (client) => client.on('error', () => undefined))
  return {
    app,
    auth,
    admin,
    engine,
    listenUrl: urls.listen,
    close: async () => {
      await Promise.all([app.$disconnect(), auth.$disconnect(), admin.$disconnect(), engine.end()])
    },
  }
}

function openApp(url: string, poolSize: number) {
  return new PrismaClient({
    adapter: adapter(url, poolSize),
    // The role may write these and not read them; a query that named them would be refused.
    omit: { connection: { sealed: true }, apiKey: { hash: true } },
  })
}

function adapter(connectionString: string, max: number): PrismaPg {
  return new PrismaPg({ connectionString, max, application_name: 'trama' })
}
