import type { DocumentNode } from '#nodes/graph/document.ts'
import type { AnyStep, ResponseToCaller } from '#nodes/kit/define-node.ts'
import { effectOf } from '#nodes/kit/effect.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Command } from '#server/engine/command.ts'
import type { Attention, StepId } from '#server/engine/history.ts'
import type { Bus } from './bus.ts'
import { stepHttp } from './connection-http.ts'
import { idempotencyKey, isFelt } from './effects.ts'
import type { HeldRun } from './held-run.ts'
import { lendMeans } from './lend-means.ts'
import type { Lending } from './lending.ts'
import type { Log } from './log.ts'
import type { NewTask } from './new-task.ts'
import { LostLease } from './not-written.ts'
import { comesFromOutside } from './outside.ts'
import { createQuestions, type QuestionParts } from './questions.ts'
import type { Guards } from './reliability/guards.ts'
import { inputIn, type RunPlace, scopeIn } from './run-scope.ts'
import { runStep, type Sandbox, type StepEnd } from './run-step.ts'
import { createSubSteps } from './sub-steps.ts'
import { createTextStream } from './texts.ts'

const MOST_LOGS = 200
const MOST_LOG_TEXT = 10_000

export interface AttemptParts extends QuestionParts {
  bus: Bus
  guards: Guards
  sandbox: Sandbox
  log: Log
}

/** How an attempt ended; one that let go, with what it asks. */
export type AttemptEnd =
  | Exclude<StepEnd, { type: 'suspended' }>
  /** It was not begun: its turn under a rate limit comes then. */
  | { type: 'held'; untilMs: number }
  | { type: 'suspended'; tasks: readonly NewTask[]; attention?: Attention }

type RunStep = Extract<Command, { type: 'run-step' }>

interface About extends RunPlace {
  parts: AttemptParts
  command: RunStep
  node: DocumentNode
  definition: AnyStep
  signal: AbortSignal
}

/** Runs one attempt at a step of a held run. Rejects only when the run was lost before the step began. */
export async function attemptStep(about: About): Promise<AttemptEnd> {
  const { held, prepared, parts, command, node, definition, signal } = about
  const felt = !definition.recorded && isFelt(effectOf(definition, node.params))
  if (felt || held.state.takeovers > 0) {
    // What it builds on, and that it begins, are on disk before the world can feel it.
    await held.durable()
    // An earlier write may have failed, and this one have got through.
    if (held.lost) throw new LostLease()
  }
  const { step } = command
  const kinds = definition.connection?.kinds ?? []
  const { tenantId, runId } = held.run
  const log = logger(held, command)
  let lending: Lending | undefined
  let over = false
  const key = () => idempotencyKey(runId, step)
  const lent = () => {
    lending ??= lendingOf(about, log)
    // Who asks when the step has ended gets nothing more recorded.
    if (over) void lending.subSteps.close({ wait: false })
    return lending
  }
  const end = await runStep({
    prepared,
    node,
    definition,
    scope: () => scopeIn(about, step),
    input: () => inputIn(about, step),
    idempotencyKey: key,
    nowMs: Math.round(held.now()),
    signal,
    http: (either) => stepHttp(parts.door, { tenantId, connection: node.connection, kinds, signal: either }),
    means: (either) => lent().lend({ node, definition, prefix: '', idempotencyKey: key(), signal: either }),
    sandbox: parts.sandbox,
    log,
    respond: (response) => respond(held, { step, response }),
    report: parts.log,
  })
  over = true
  // How it ended is written without delay: until then nobody would know.
  if (felt) held.prompt = true
  const used: Lending | undefined = lending
  if (!used) return end.type === 'suspended' ? { ...end, tasks: [] } : end
  used.text.flush()
  // What else was under way when it asked is seen to its end; after a timeout or a cancel nobody waits.
  await used.subSteps.close({ wait: end.type === 'suspended' })
  return end.type === 'suspended' ? { ...end, tasks: used.questions.open } : end
}

/** What is made for a step that uses more than its parameters and HTTP. */
function lendingOf(about: About, log: Lending['log']): Lending {
  const { held, prepared, parts, command, node } = about
  const { step, attempt } = command
  const { tenantId, runId, startedBy } = held.run
  const place = { held, step, attempt }
  const subSteps = createSubSteps(place)
  const lending: Lending = {
    parts,
    prepared,
    place,
    subSteps,
    questions: createQuestions(place, { ...parts, subSteps }),
    text: createTextStream(parts.bus, { tenantId, runId, step }),
    scope: () => scopeIn(about, step),
    outside: () =>
      comesFromOutside({
        ...{ graph: prepared.graph, find: parts.find, startedBy, trigger: held.state.trigger, node },
      }),
    log,
    lend: (borrower) => lendMeans(lending, borrower),
  }
  return lending
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
