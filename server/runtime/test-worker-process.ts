import { z } from 'zod'
import { createVault } from '#server/connections/vault.ts'
import { openDatabases } from '#server/db/open.ts'
import { createEgress } from '#server/egress/client.ts'
import { silent } from './log.ts'
import { createRuntime } from './runtime.ts'

// A worker in a process of its own, for tests that kill it.

const WorkerProcess = z.object({
  urls: z.object({
    app: z.string(),
    auth: z.string(),
    engine: z.string(),
    admin: z.string(),
    listen: z.string(),
  }),
  queue: z.object({ kind: z.enum(['postgres', 'redis']), url: z.string() }),
  allow: z.array(z.string()),
  leaseMs: z.number(),
})
export type WorkerProcess = z.infer<typeof WorkerProcess>

const { urls, queue, allow, leaseMs } = WorkerProcess.parse(JSON.parse(process.argv[2] ?? ''))
const runtime = createRuntime({
  databases: openDatabases(urls),
  queue,
  egress: createEgress({ allow }),
  sandbox: { run: async () => ({ value: null, logs: [] }) },
  vault: createVault('a secret that only tests know'),
  log: { ...silent, error: (about, message) => console.error(message, about) },
  roles: { worker: true, scheduler: true },
  runsAtOnce: 20,
  leaseMs,
  sweepMs: 200,
})
await runtime.start()
