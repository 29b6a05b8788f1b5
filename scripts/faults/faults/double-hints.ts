import { createQueue } from '../../../server/runtime/bullmq-queue.ts'
import { silent } from '../../../server/runtime/log.ts'
import type { Random } from '../random.ts'
import type { World } from '../world/installation.ts'

/** Tells workers again and again that somebody is in line, whether anybody is or not. */
export async function doubleHints({ servers }: World, random: Random): Promise<void> {
  const place = servers.redisUrl
    ? { kind: 'redis' as const, url: servers.redisUrl }
    : { kind: 'postgres' as const, url: servers.databaseUrl }
  const queue = createQueue({ place, log: silent })
  try {
    await queue.start()
    const times = 50 + Math.floor(random.next() * 150)
    for (let told = 0; told < times; told++) await queue.wake().catch(() => undefined)
  } finally {
    await queue.close().catch(() => undefined)
  }
}
