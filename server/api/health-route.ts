import type { FastifyInstance } from 'fastify'
import type { Parts } from './parts.ts'

const FRESH_MS = 2_000
const PATIENCE_MS = 5_000

interface Health {
  database: boolean
  queue: boolean
  /** Of this process; `off` where other processes do the work. */
  worker: 'on' | 'off' | 'stopped'
}

/**
 * What works. The answer is the last probe's, so that it takes no time; a probe is made at most every two seconds
 * and counts as failed when it takes longer than five.
 */
export async function healthRoute(server: FastifyInstance, parts: Parts) {
  let health: Health | undefined
  let probedAt = 0
  let probing: Promise<void> | undefined

  const probe = async () => {
    const [database, runtime] = await Promise.all([
      within(
        parts.databases.app.$queryRaw`select 1`.then(() => true),
        false,
      ),
      within<Omit<Health, 'database'> | null>(parts.runtime.health(), null),
    ])
    health = { database, queue: runtime?.queue ?? false, worker: runtime?.worker ?? 'stopped' }
    probedAt = Date.now()
    probing = undefined
  }

  server.get(
    '/api/health',
    { config: { policy: 'anonymous', rateLimit: false } },
    async (_request, reply) => {
      if (Date.now() - probedAt > FRESH_MS) probing ??= probe()
      // Only the very first asker waits.
      if (!health) await probing
      const ok = health?.database === true && health.queue && health.worker !== 'stopped'
      return reply
        .status(ok ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ok, ...health })
    },
  )
}

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, otherwise)
  })
  try {
    return await Promise.race([work, late])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}
