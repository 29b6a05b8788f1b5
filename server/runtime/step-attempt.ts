import type { DocumentNode } from '#nodes/graph/document.ts'
import { inputOf } from '#nodes/graph/scope.ts'
import type { AnyStep, ResponseToCaller } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Command } from '#server/engine/decide.ts'
import type { StepId } from '#server/engine/history.ts'
import { visitsOf } from '#server/engine/state.ts'
import type { Bus } from './bus.ts'
import { stepHttp } from './connection-http.ts'
import { idempotencyKey, isFelt } from './effects.ts'
import type { HeldRun } from './held-run.ts'
import { lendMeans } from './lend-means.ts'
import type { Lending } from './lending.ts'
import type { Log } from './log.ts'
import type { NewTask } from './new-task.ts'
import { comesFromOutside } from './outside.ts'
import { createQuestions, type QuestionParts } from './questions.ts'
import { type RunPlace, scopeIn } from './run-scope.ts'
import { runStep, type Sandbox, type StepEnd } from './run-step.ts'
import { createSubSteps } from './sub-steps.ts'
import { createTextStream } from './texts.ts'

const MOST_LOGS = 200
const MOST_LOG_TEXT = 10_000

export interface AttemptParts extends QuestionParts {
  bus: Bus
  sandbox: Sandbox
  log: Log
}

/** How an attempt ended; one that let go, with what it asks. */
export type AttemptEnd =
  | Exclude<StepEnd, { type: 'suspended' }>
  | { type: 'suspended'; tasks: readonly NewTask[] }

type RunStep = Extract<Command, { type: 'run-step' }>

/** Runs one attempt at a step of a held run. Rejects only when the run was lost before the step began. */
export async function attemptStep(
  about: RunPlace & {
    parts: AttemptParts
    command: RunStep
    node: DocumentNode
    definition: AnyStep
    signal: AbortSignal
  },
): Promise<AttemptEnd> {
  const { held, prepared, parts, command, node, definition, signal } = about
  const { run } = held
  if (isFelt(definition.effect) || held.state.takeovers > 0) {
    // What it builds on, and that it begins, are on disk before the world can feel it.
    held.send()
    await held.durable()
  }
  const { step, attempt } = command
  const kinds = definition.connection?.kinds ?? []
  const { tenantId, runId } = run
  const key = idempotencyKey(runId, step)
  const place = { held, step, attempt }
  const subSteps = createSubSteps(place)
  const questions = createQuestions(place, { ...parts, subSteps })
  const text = createTextStream(parts.bus, { tenantId, runId, step })
  const scope = () => scopeIn(about, step)
  const log = logger(held, command)
  const outside = () => {
    const { trigger } = held.state
    return comesFromOutside({
      ...{ graph: prepared.graph, find: parts.find, startedBy: run.startedBy, trigger, node },
    })
  }
  const lending: Lending = {
    ...{ parts, outside, prepared, place, subSteps, questions, text, scope, log },
    lend: (borrower) => lendMeans(lending, borrower),
  }
  const end = await runStep({
    prepared,
    node,
    definition,
    scope,
    input: inputOf({ graph: prepared.graph, visits: visitsOf(held.state), step }),
    idempotencyKey: key,
    nowMs: Math.round(held.now()),
    signal,
    http: (either) => stepHttp(parts.door, { tenantId, connection: node.connection, kinds, signal: either }),
    means: (either) => lending.lend({ node, definition, prefix: '', idempotencyKey: key, signal: either }),
    sandbox: parts.sandbox,
    log,
    respond: (response) => respond(held, { step, response }),
    report: parts.log,
  })
  text.flush()
  // What else was under way when it asked is seen to its end; after a timeout or a cancel nobody waits.
  await subSteps.close({ wait: end.type === 'suspended' })
  return end.type === 'suspended' ? { ...end, tasks: questions.open } : end
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
