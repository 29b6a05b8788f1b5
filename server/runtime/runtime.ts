import { connections, findDefinition } from '#nodes/catalog.ts'
import type { Received } from '#nodes/kit/define-node.ts'
import type { Databases } from '#server/db/open.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import { createAccept } from './accept.ts'
import { createAdmit } from './admit.ts'
import { answerMany, type ManyAnswers } from './answer-many.ts'
import { batcher } from './batcher.ts'
import { createQueue, type QueuePlace } from './bullmq-queue.ts'
import { postgresBus } from './bus-postgres.ts'
import { redisBus } from './bus-redis.ts'
import { cancel } from './cancel.ts'
import { LEASE_MS } from './claim.ts'
import type { ConnectionDoor, Egress, OpensConnections } from './connection-door.ts'
import type { Log } from './log.ts'
import type { NewRun, RunRef, RunResult } from './new-run.ts'
import { type Observe, unobserved } from './observe.ts'
import type { FindDefinition } from './prepare.ts'
import { createReceive, type RawDelivery, type TriggerRef } from './receive.ts'
import { createGuards } from './reliability/guards.ts'
import { result } from './result.ts'
import { createRounds } from './rounds.ts'
import type { Sandbox } from './run-step.ts'
import { createSettleRounds } from './settle-rounds.ts'
import { createTakeIn } from './take-in.ts'
import { answerTask, type TaskAnswer } from './tasks.ts'
import { texts } from './texts.ts'
import { changes, type RunChange, watch } from './watch.ts'
import { createWorker } from './worker.ts'

export type { NewRun, RunResult } from './new-run.ts'

export interface RuntimeAbout {
  databases: Pick<Databases, 'engine' | 'listenUrl'>
  queue: QueuePlace
  egress: Egress
  sandbox: Sandbox
  vault: OpensConnections
  log: Log
  roles: { worker: boolean; scheduler: boolean }
  /** How many runs this worker holds at once. */
  runsAtOnce?: number
  /** How long a dead worker's runs stay its own. */
  leaseMs?: number
  /** How often to look for runs that should be moving. */
  sweepMs?: number
  /** Who watches: metrics and traces. */
  observe?: Observe
  /** The nodes it knows; tests add their own. */
  find?: FindDefinition
  findConnection?: ConnectionDoor['findConnection']
}

/** Makes workflows happen: takes runs in, drives them, and tells how they go. */
export interface Runtime {
  /** Resolves once the run is committed. */
  accept(run: NewRun): Promise<{ runId: string; fresh: boolean }>
  /** The same, and waits for the outcome as `result` does: at its best, all of it is one write. */
  call(run: NewRun, wait: Wait): Promise<{ runId: string; fresh: boolean; result: RunResult | null }>
  /** What an event trigger makes of a delivery, after it checked the signature with its connection. */
  receive(trigger: TriggerRef, delivery: RawDelivery): Promise<Received>
  /** False when the run had ended, or is not there. */
  cancel(about: RunRef & { reason: string }): Promise<boolean>
  /** Answers a task, once; `closed` when it was answered, is over, or is not there. */
  answer(task: TaskAnswer): Promise<'answered' | 'closed'>
  /** The same answer to those of these that are open; about steps that need attention. */
  answerMany(tasks: ManyAnswers): Promise<void>
  /** The outcome, or the answer to the caller if that comes first; null when the time is up. */
  result(about: RunRef & Wait): Promise<RunResult | null>
  /** What its steps write from now on, while they write it. */
  texts(about: RunRef & { signal: AbortSignal }): AsyncIterable<{ step: string; text: string }>
  watch(about: RunRef & { after: number; signal: AbortSignal }): AsyncIterable<StoredEvent>
  changes(about: { tenantId: string; signal: AbortSignal }): AsyncIterable<RunChange>
  /** Public addresses of the tenant have changed: told here at once, elsewhere soon. */
  hooksChanged(tenantId: string): void
  /** Calls with the tenant whose addresses have changed; null: any tenant's may have. */
  onHooks(listener: (tenantId: string | null) => void): void
  /** Opens connections, for the verbs that try them and sign in to them. */
  door: ConnectionDoor
  health(): Promise<Health>
  start(): Promise<void>
  /** Lets go of everything within 25 s. */
  stop(): Promise<void>
}

/** How long a caller waits. */
interface Wait {
  waitMs: number
  signal?: AbortSignal
}

export interface Health {
  queue: boolean
  bus: boolean
  worker: 'on' | 'off' | 'stopped'
  scheduler: 'on' | 'off' | 'stopped'
}

export function createRuntime(about: RuntimeAbout): Runtime {
  const { log, roles, queue: place } = about
  const { engine: pool, listenUrl: url } = about.databases
  const bus = place.kind === 'redis' ? redisBus({ url: place.url, log }) : postgresBus({ url, log })
  const queue = createQueue({ place, log })
  const find = about.find ?? findDefinition
  const findConnection = about.findConnection ?? ((kind: string) => connections.find(({ id }) => id === kind))
  const door: ConnectionDoor = { pool, egress: about.egress, vault: about.vault, findConnection }
  const { observe = unobserved } = about
  const worker = roles.worker
    ? createWorker({
        observe,
        pool,
        url,
        bus,
        queue,
        log,
        find,
        sandbox: about.sandbox,
        guards: createGuards({ pool, bus, log, findConnection }),
        door,
        accept: (run) => accept(run),
        runsAtOnce: about.runsAtOnce ?? 200,
        leaseMs: about.leaseMs ?? LEASE_MS,
      })
    : undefined

  let isTold = true
  /** Our own worker looks, if it has room; else the queue tells another. Never rejects. */
  const wake = async (runs: readonly RunRef[]) => {
    if (runs.length === 0) return
    if (worker?.hasRoom) return worker.look()
    try {
      await queue.wake()
      if (!isTold) log.info({}, 'The queue hears again')
      isTold = true
    } catch (error) {
      // Once, not for each run while it lasts.
      if (isTold) log.warn({ error }, 'The queue could not be told')
      isTold = false
    }
  }
  const wakes = batcher<RunRef, true>(async (runs) => {
    await wake(runs)
    return runs.map(() => true)
  })
  const accepting = createAccept(pool)
  const takeIn = createTakeIn({
    pool,
    worker,
    admit: createAdmit(pool),
    async queue(run) {
      const accepted = await accepting.add(run)
      const { runId, fresh } = accepted
      const { tenantId, workflowId } = run
      if (fresh) hint({ tenantId, runId })
      if (fresh)
        bus.publish([
          { kind: 'run', tenantId, runId, workflowId, seq: 1, status: 'queued', responded: false },
        ])
      return accepted
    },
    hint: (run) => hint(run),
  })
  const hint = (run: RunRef) => void wakes.add(run)
  const accept = async (run: NewRun) => {
    const { runId, fresh } = await observe.accepting(run, () => takeIn(run, { atOnce: true }))
    return { runId, fresh }
  }
  const outcome = (which: RunRef & Wait, driven = worker?.driveOf(which)) =>
    result({ pool, bus, driven }, which)
  const rounds = createRounds({ ...about, door, find, pool, bus, queue, worker, wake })
  const id = worker?.name ?? crypto.randomUUID()
  const settling = createSettleRounds({ ...about, id, pool, bus, wake })
  let state: 'on' | 'stopped' = 'stopped'

  return {
    door,
    receive: createReceive({ pool, vault: about.vault, find, findConnection }),
    accept,
    async call(run, wait) {
      const until = performance.now() + wait.waitMs
      const taken = await observe.accepting(run, () => takeIn(run, { atOnce: false }))
      const { runId, fresh, driven } = taken
      const which = { tenantId: run.tenantId, runId, ...wait, waitMs: until - performance.now() }
      return { runId, fresh, result: await outcome(which, driven ?? undefined) }
    },
    async cancel(which) {
      const { asked, held } = await cancel({ pool, bus }, which)
      const driven = worker?.driveOf(which)
      // It may not be written yet.
      if (!asked && driven) driven.cancel(which.reason)
      if (!asked && driven) return true
      if (asked && !held) void wakes.add({ tenantId: which.tenantId, runId: which.runId })
      return asked
    },
    answer: (task) => answerTask({ pool, bus, wake }, task),
    answerMany: (tasks) => answerMany({ pool, bus, wake }, tasks),
    result: (which) => outcome(which),
    texts: (which) => texts(bus, which),
    watch: (which) => watch({ pool, bus }, which),
    changes: (which) => changes(bus, which),
    hooksChanged: (tenantId) => bus.publish([{ kind: 'hooks', tenantId }]),
    onHooks: (listener) =>
      void bus.subscribe((notice) => {
        if (notice.kind === 'hooks') listener(notice.tenantId)
        if (notice.kind === 'missed') listener(null)
      }),
    async health() {
      const role = (isOn: boolean) => (isOn ? state : 'off')
      return {
        queue: queue.healthy(),
        bus: bus.healthy(),
        worker: role(roles.worker),
        scheduler: role(roles.scheduler),
      }
    },
    async start() {
      await Promise.all([bus.start(), queue.start()])
      await worker?.start()
      rounds.start()
      settling.start()
      state = 'on'
    },
    async stop() {
      state = 'stopped'
      await Promise.all([worker?.stop(), rounds.stop()])
      await settling.stop()
      await Promise.all([accepting.idle(), wakes.idle()])
      await queue.close()
      await bus.close()
    },
  }
}
