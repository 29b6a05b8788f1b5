import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createVault } from '../../../server/connections/vault.ts'
import { newId } from '../../../server/db/id.ts'
import { onSignal } from '../../lib/on-signal.ts'
import { publish, secret } from '../../lib/trama.ts'
import { createFleet } from './fleet.ts'
import { startProvider } from './provider.ts'
import { startServers } from './servers.ts'

export interface WorldAbout {
  seed: number
  queue: 'redis' | 'postgres'
  /** How often the service outside is not well. */
  errors: number
}

/** Everything that real runs need, on this machine, with nothing of it simulated but the world outside. */
export async function startWorld({ seed, queue, errors }: WorldAbout) {
  const servers = await startServers({ redis: queue === 'redis' })
  const provider = await startProvider({ seed, errors })
  const fleet = createFleet({
    databaseUrl: servers.databaseUrl,
    redisUrl: servers.redisUrl,
    folder: servers.folder,
    egressAllow: ['127.0.0.1'],
    serviceHosts: [`slack.com=${provider.origin}`],
  })
  const db = new pg.Pool({ connectionString: servers.databaseUrl, max: 3 })
  // PostgreSQL is restarted under it.
  db.on('error', () => undefined)
  async function stop() {
    await fleet.stop()
    provider.stop()
    await db.end()
    await servers.stop()
  }
  onSignal(stop)
  try {
    // The first one makes the tables; whoever does everything also has the way without a queue.
    const first = await fleet.add('all', 'all')
    await fleet.areUp()
    await lift(db)
    return {
      ...{ servers, provider, fleet, db, queue, stop },
      connection: await slackConnection(db),
      publish: (name: string, document: object) => publish(first.origin, { name, document }),
    }
  } catch (error) {
    await stop()
    throw error
  }
}
export type World = Awaited<ReturnType<typeof startWorld>>

/** Two that serve, three that work, two that schedule. */
export async function addTheRest({ fleet }: World) {
  await fleet.add('web', 'web')
  await fleet.add('worker-1', 'worker')
  await fleet.add('worker-2', 'worker')
  await fleet.add('scheduler', 'scheduler')
  await fleet.areUp()
}

/** Limits are for tenants that share a machine. */
async function lift(db: pg.Pool) {
  await db.query('UPDATE installation SET runs_per_minute = 2000000, queued_runs = 2000000')
}

/** A connection as its maker would have stored it: there is no route of the public API that does. */
async function slackConnection(db: pg.Pool): Promise<string> {
  const { rows } = await db.query<{ id: string }>("SELECT id FROM tenant WHERE slug = 'bench'")
  const tenantId = rows[0]?.id
  if (!tenantId) throw new Error('The first start made no tenant')
  const id = newId()
  const sealed = createVault(secret).seal({ tenantId, id }, { token: 'xoxb-0123456789ab', signingSecret: '' })
  await db.query(
    `INSERT INTO connection (tenant_id, id, name, kind, hosts, sealed)
     VALUES ($1, $2, 'Slack', 'slack.bot', '{slack.com}', $3)`,
    [tenantId, id, sealed],
  )
  return id
}

/** Tries until the database takes it: it may be on its way down or up. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries >= 100) throw error
      await sleep(200)
    }
  }
}
