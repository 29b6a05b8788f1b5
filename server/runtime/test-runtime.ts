import { findDefinition } from '#nodes/catalog.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { AnyNode, NodeContext } from '#nodes/kit/define-node.ts'
import { defineNode, Json, z } from '#nodes/kit/index.ts'
import { createVault } from '#server/connections/vault.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import { testDatabases, testRedisUrl } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { silent } from './log.ts'
import type { NewRun, RunRef } from './new-run.ts'
import { readEvents } from './read-events.ts'
import { createRuntime, type Runtime, type RuntimeAbout } from './runtime.ts'

/** What the test's own nodes were asked to do. */
export interface Ledger {
  calls: { key: string; value: Json }[]
  /** What a call to `test.do` does, by its `value`; absent: it gives the value back. */
  acts: Map<string, (attempt: number, signal: AbortSignal) => Promise<Json> | Json>
}

/** The catalog and a node that the test can look into. */
export function testNodes(ledger: Ledger) {
  const define = (effect: 'none' | 'idempotent' | 'once') =>
    defineNode({
      id: `test.${effect}`,
      version: 1,
      title: 'Test',
      summary: 'Does what the test says.',
      group: 'app',
      icon: 'flask-conical',
      effect,
      retry: { attempts: 3, delayMs: 10 },
      params: z.object({ value: Json.default(null) }),
      output: Json,
      run({ params, idempotencyKey: key, signal }) {
        ledger.calls.push({ key, value: params.value })
        const attempt = ledger.calls.filter((call) => call.key === key).length
        const act = typeof params.value === 'string' ? ledger.acts.get(params.value) : undefined
        return act ? act(attempt, signal) : params.value
      },
      examples: [{ title: 'One', params: { value: 1 }, output: 1 }],
    })
  const own = new Map<string, AnyNode>(
    [define('none'), define('idempotent'), define('once')].map((node) => [node.id, node]),
  )
  return (type: string, version: number) => own.get(type) ?? findDefinition(type, version)
}

export const newLedger = (): Ledger => ({ calls: [], acts: new Map() })

type Scripts = Map<string, (ctx: NodeContext<{ script: string }, never>) => Promise<Json> | Json>

/** The same nodes, and `test.script`: it does what the test wrote, with everything a step may use. */
export function scriptedNodes(ledger: Ledger, scripts: Scripts) {
  const rest = testNodes(ledger)
  const script = defineNode({
    id: 'test.script',
    version: 1,
    title: 'Script',
    summary: 'Does what the test wrote.',
    group: 'app',
    icon: 'flask-conical',
    effect: 'none',
    takesTools: true,
    retry: { attempts: 3, delayMs: 10 },
    params: z.object({ script: z.string() }),
    output: Json,
    run: async (ctx) => (await scripts.get(ctx.params.script)?.(ctx)) ?? null,
    examples: [{ title: 'One', params: { script: 'one' }, output: null }],
  })
  return (type: string, version: number): AnyNode | undefined =>
    type === script.id ? script : rest(type, version)
}

/** A runtime on this test file's database, and on the queue asked for. */
export async function aRuntime(
  about: Partial<Omit<RuntimeAbout, 'queue'>> & { queue?: 'postgres' | 'redis' } = {},
): Promise<Runtime> {
  const databases = await testDatabases()
  const { queue = 'postgres', ...rest } = about
  return createRuntime({
    databases,
    egress: {
      request: () => {
        throw new Error('These tests do not reach the network')
      },
    },
    sandbox: { run: async () => ({ value: null, logs: [] }) },
    vault: createVault(databases.secret),
    log: silent,
    roles: { worker: true, scheduler: true },
    sweepMs: 200,
    ...rest,
    queue:
      queue === 'redis'
        ? { kind: 'redis', url: testRedisUrl() }
        : { kind: 'postgres', url: databases.listenUrl },
  })
}

type NodeSketch = { key: string; type?: string } & Record<string, unknown>

/** `sketch([{ key: 'a', params: {…} }], ['start -> a'])`: a manual trigger called `start`, and test nodes. */
export function sketch(nodes: readonly NodeSketch[], wires: readonly string[]): WorkflowDocument {
  return WorkflowDocument.parse({
    nodes: [
      { key: 'start', type: 'trigger.manual', version: 1 },
      ...nodes.map((node) => ({ type: 'test.none', version: 1, ...node })),
    ],
    edges: wires.map((wire) => {
      const [source = '', to = ''] = wire.split(' -> ')
      const [from, port = 'out'] = source.split(':')
      return { from, port, to }
    }),
  })
}

/** A published workflow, and the start of a run of it. */
export async function aRun(
  document: WorkflowDocument,
  about: Partial<NewRun> & { tenantId?: string } = {},
): Promise<NewRun> {
  const tenantId = about.tenantId ?? (await aTenant()).tenant.id
  const workflow = await aWorkflow({ tenantId, document, publish: true })
  return {
    tenantId,
    workflowId: workflow.id,
    version: 1,
    triggerKey: 'start',
    startedBy: 'manual',
    input: null,
    ...about,
  }
}

/** What is stored of a run's history. */
export async function storedEvents({ tenantId, runId }: RunRef): Promise<StoredEvent[]> {
  const { owner } = await testDatabases()
  const events: StoredEvent[] = []
  for (;;) {
    const page = await readEvents(owner, { tenantId, runId, after: events.at(-1)?.seq ?? 0 })
    if (page.length === 0) return events
    events.push(...page)
  }
}
