import type { DocumentNode } from '#nodes/graph/document.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { Bus } from './bus.ts'
import type { ConnectionDoor } from './connection-door.ts'
import type { Log } from './log.ts'
import type { FindDefinition, Prepared } from './prepare.ts'
import type { Questions } from './questions.ts'
import type { Sandbox } from './run-step.ts'
import { stepMeans } from './step-means.ts'
import type { ParamsAbout } from './step-params.ts'
import type { AttemptPlace, SubSteps } from './sub-steps.ts'
import type { TextStream } from './texts.ts'
import { lentTools } from './tools.ts'

/** One attempt at one step, and what is made once for it: a tool the step uses, and a tool of that tool, share it. */
export interface Lending {
  parts: { door: ConnectionDoor; bus: Bus; sandbox: Sandbox; find: FindDefinition; log: Log }
  prepared: Prepared
  place: AttemptPlace
  subSteps: SubSteps
  questions: Questions
  text: TextStream
  scope: ParamsAbout['scope']
  outside: () => boolean
  log: (message: string, data?: Json) => void
}

/** Who uses the means: the step's own node, or a tool. `prefix` sets apart what tools do from what the step does. */
export interface Borrower {
  node: DocumentNode
  definition: AnyStep
  prefix: string
  idempotencyKey: string
  signal: AbortSignal
}

export function lendMeans(lending: Lending, borrower: Borrower): Means {
  const { parts, place, subSteps, questions, text } = lending
  const { node, definition, prefix, idempotencyKey, signal } = borrower
  const { tenantId, workflowId, runId } = place.held.run
  const { door, bus, log } = parts
  const about = { pool: door.pool, door, bus, log, tenantId, workflowId, runId, step: place.step }
  // What a tool is told was chosen by a model, which may have read anything by then.
  const outside = prefix === '' ? lending.outside : () => true
  return stepMeans(
    { ...about, outside, node, definition, idempotencyKey, signal },
    {
      step: (sub, work) => subSteps.do({ ...sub, name: prefix + sub.name }, { work, signal }),
      ask: (question) => questions.ask({ ...question, name: prefix + question.name }),
      call: (call) => questions.call({ ...call, name: prefix + call.name }, signal),
      tools: lentTools(lending, borrower),
      // Who reads along hears the step, not what its tools say to it.
      stream: (more) => (prefix === '' ? text.write(more) : undefined),
    },
  )
}
