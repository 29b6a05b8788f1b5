import { z } from 'zod'
import { findDefinition } from '#nodes/catalog.ts'
import type { AnyNode } from '#nodes/kit/define-node.ts'
import { defineNode, Json } from '#nodes/kit/index.ts'
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

/** Calls `/0`, `/1` and so on, each as a sub-step; then asks, and calls `/end`. */
const chain = defineNode({
  id: 'test.chain',
  version: 1,
  title: 'Chain',
  summary: 'Calls one address after the other.',
  group: 'app',
  icon: 'link',
  effect: 'read',
  params: z.object({ url: z.string(), count: z.int() }),
  output: Json,
  async run({ params: { url, count }, http, step, ask }) {
    const call = (name: string) =>
      // Idempotent, so that what was done before it is on disk before it is called.
      step({ name: `call[${name}]`, kind: 'model', title: name, effect: 'idempotent' }, async () => ({
        output: (await http({ url: `${url}/${name}` })).body,
      }))
    for (let at = 0; at < count; at++) await call(String(at))
    const answer = await ask({ name: 'ok', kind: 'approval', title: 'Go on?', request: {}, role: 'editor' })
    await call('end')
    return answer.status === 'answered' ? answer.by : null
  },
  examples: [],
})

/** Calls its address, which must happen once. */
const once = defineNode({
  id: 'test.call',
  version: 1,
  title: 'Call',
  summary: 'Calls an address.',
  group: 'app',
  icon: 'link',
  effect: 'once',
  params: z.object({ url: z.string() }),
  output: Json,
  run: async ({ params: { url }, http, idempotencyKey }) =>
    (await http({ url, headers: { 'idempotency-key': idempotencyKey } })).body,
  examples: [],
})
const own = new Map<string, AnyNode>([chain, once].map((node) => [node.id, node]))

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
  find: (type, version) => own.get(type) ?? findDefinition(type, version),
})
await runtime.start()
