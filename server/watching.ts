import type { Databases } from './db/open.ts'
import type { Env } from './env.ts'
import type { Log } from './log.ts'
import { adminListener } from './metrics/listener.ts'
import { createMetrics } from './metrics/metrics.ts'
import { watchRequests } from './metrics/requests.ts'
import { addSharedMetrics } from './metrics/shared.ts'
import { both, startTraces } from './metrics/traces.ts'
import type { Health } from './runtime/runtime.ts'
import type { Started } from './start.ts'

const PATIENCE_MS = 3_000

/** Metrics, traces and the listener of operators, as the environment asks for them. */
export async function startWatching(about: {
  env: Env
  databases: Databases
  health: () => Promise<Health>
  stops: Started[]
  log: Log
}) {
  const { env, databases, stops, log } = about
  const metrics = createMetrics()
  addSharedMetrics(metrics.registry, databases.engine)
  const traces = await startTraces(process.env)
  if (traces) stops.push({ name: 'traces', stop: traces.stop })
  if (env.admin) {
    const { host, port, token } = env.admin
    const server = await adminListener({
      registry: metrics.registry,
      ...(token ? { token } : {}),
      ready: () => readiness(about),
    })
    stops.push({ name: 'metrics', stop: () => server.close() })
    log.info({ address: await server.listen({ host, port }) }, 'Metrics are answered')
  }
  return {
    observe: traces ? both(traces.observe, metrics.observe) : metrics.observe,
    watch: (server: Parameters<typeof watchRequests>[0]) => watchRequests(server, { metrics, traces }),
  }
}

async function readiness({ databases, health }: { databases: Databases; health: () => Promise<Health> }) {
  const database = await Promise.race([
    databases.engine.query('SELECT 1').then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref()),
  ])
  const parts = await health()
  // Without its queue work is slower, not undone; the bus likewise.
  const ready = database && parts.worker !== 'stopped' && parts.scheduler !== 'stopped'
  return { ready, database, ...parts }
}
