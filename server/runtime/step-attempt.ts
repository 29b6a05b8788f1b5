import type { DocumentNode } from '#nodes/graph/document.ts'
import { inputOf, type Scope, scopeOf } from '#nodes/graph/scope.ts'
import type { AnyStep, ResponseToCaller } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import { noMeans } from '#nodes/kit/no-means.ts'
import type { Command } from '#server/engine/decide.ts'
import type { RunEvent, StepId } from '#server/engine/history.ts'
import { visitsOf } from '#server/engine/state.ts'
import type { Bus } from './bus.ts'
import { type ConnectionDoor, stepHttp } from './connection-http.ts'
import { idempotencyKey, isFelt } from './effects.ts'
import type { HeldRun } from './held-run.ts'
import type { Log } from './log.ts'
import { comesFromOutside } from './outside.ts'
import type { FindDefinition, Prepared } from './prepare.ts'
import { failureOf, runStep, type Sandbox, type StepEnd } from './run-step.ts'
import { stepMeans } from './step-means.ts'
import { stepList } from './step-params.ts'

const MOST_LOGS = 200
const MOST_LOG_TEXT = 10_000

export interface AttemptParts {
  door: ConnectionDoor
  bus: Bus
  sandbox: Sandbox
  find: FindDefinition
  log: Log
}

interface Place {
  held: HeldRun
  prepared: Prepared
  parts: AttemptParts
}

type RunStep = Extract<Command, { type: 'run-step' }>
type OpenStep = Extract<Command, { type: 'open-step' }>

/** Runs one attempt at a step of a held run. Rejects only when the run was lost before the step began. */
export async function attemptStep(
  about: Place & { command: RunStep; node: DocumentNode; definition: AnyStep; signal: AbortSignal },
): Promise<StepEnd> {
  const { held, prepared, parts, command, node, definition, signal } = about
  const { run } = held
  if (isFelt(definition.effect) || held.state.takeovers > 0) {
    // What it builds on, and that it begins, are on disk before the world can feel it.
    held.send()
    await held.durable()
  }
  const { step } = command
  const kinds = definition.connection?.kinds ?? []
  const { tenantId, runId, workflowId } = run
  const key = idempotencyKey(runId, step)
  const outside = () => comesFromOutside({ prepared, find: parts.find, held, node })
  const ofStep = {
    ...parts,
    pool: parts.door.pool,
    tenantId,
    workflowId,
    runId,
    step,
    node,
    definition,
    outside,
  }
  return runStep({
    prepared,
    node,
    definition,
    scope: () => scopeIn(about, step),
    input: inputOf({ graph: prepared.graph, visits: visitsOf(held.state), step }),
    idempotencyKey: key,
    nowMs: Math.round(held.now()),
    signal,
    http: (either) => stepHttp(parts.door, { tenantId, connection: node.connection, kinds, signal: either }),
    means: (either) => stepMeans({ ...ofStep, idempotencyKey: key, signal: either }, noMeans),
    sandbox: parts.sandbox,
    log: logger(held, command),
    respond: (response) => respond(held, { step, response }),
    report: parts.log,
  })
}

/** The list of a frame or a repeating node, or why there is none. */
export function openStep({ step, node: key, attempt }: OpenStep, place: Place): RunEvent {
  const { prepared, parts } = place
  try {
    const node = prepared.graph.nodes.get(key)
    const definition = node ? parts.find(node.type, node.version) : undefined
    if (!node || !definition) throw fail('unknown_node', `There is no node ${node?.type} here.`)
    const list = stepList({ prepared, node, definition, scope: () => scopeIn(place, step) })
    return { type: 'step.opened', step, attempt, ...list }
  } catch (error) {
    return { type: 'step.failed', step, attempt, failure: failureOf(error, parts.log) }
  }
}

function scopeIn({ held, prepared }: Place, step: StepId): Scope {
  const { run, state } = held
  const { root, trigger } = state
  const started = trigger === null ? undefined : root.get(trigger)
  return scopeOf({
    graph: prepared.graph,
    visits: visitsOf(state),
    step,
    facts: {
      trigger: started?.status === 'finished' ? started.output : null,
      run: { id: run.runId, startedAt: run.startedAt.toISOString(), startedBy: run.startedBy },
      workflow: prepared.workflow,
      tenant: prepared.tenant,
    },
    now: new Date(held.now()).toISOString(),
  })
}

function logger(held: HeldRun, { step, attempt }: RunStep) {
  let lines = 0
  return (message: string, data?: Json) => {
    if (++lines > MOST_LOGS) return
    const text = message.slice(0, MOST_LOG_TEXT)
    held.append({
      type: 'step.logged',
      step,
      attempt,
      message: text,
      ...(data === undefined ? {} : { data }),
    })
  }
}

/** The answer is an event like any other: the caller hears it once it is committed. */
function respond(held: HeldRun, { step, response }: { step: StepId; response: ResponseToCaller }) {
  // The same step again, after its worker died: the caller has its answer.
  if (held.state.responded === step) return
  if (held.state.responded !== null)
    throw fail('already_responded', `The caller was answered by ${held.state.responded} before.`)
  held.append({ type: 'run.responded', step, ...response })
  held.send()
}
