import { z } from 'zod'
import { createQueue } from '../../../server/runtime/bullmq-queue.ts'
import { silent } from '../../../server/runtime/log.ts'
import type { Random } from '../random.ts'
import { patiently, type World } from '../world/installation.ts'

const Rows = z.array(z.object({ tenant_id: z.string(), id: z.uuid() }))

/** Wakes workers for runs that have ended, are under way or wait, again and again and in no order. */
export async function doubleHints({ servers, db }: World, random: Random): Promise<void> {
  const { rows } = await patiently(() => db.query('SELECT tenant_id, id FROM run ORDER BY id DESC LIMIT 50'))
  const runs = Rows.parse(rows).map(({ tenant_id: tenantId, id: runId }) => ({ tenantId, runId }))
  const place = servers.redisUrl
    ? { kind: 'redis' as const, url: servers.redisUrl }
    : { kind: 'postgres' as const, url: servers.databaseUrl }
  const queue = createQueue({ place, log: silent })
  try {
    await queue.start()
    for (let round = 0; round < 4; round++)
      await queue.wake([...runs].sort(() => random.next() - 0.5)).catch(() => undefined)
  } finally {
    await queue.close().catch(() => undefined)
  }
}
