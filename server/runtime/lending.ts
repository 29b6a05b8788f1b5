import type { DocumentNode } from '#nodes/graph/document.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { Bus } from './bus.ts'
import type { ConnectionDoor } from './connection-door.ts'
import type { Log } from './log.ts'
import type { FindDefinition, Prepared } from './prepare.ts'
import type { Questions } from './questions.ts'
import type { Guards } from './reliability/guards.ts'
import type { Sandbox } from './run-step.ts'
import type { ParamsAbout } from './step-params.ts'
import type { AttemptPlace, SubSteps } from './sub-steps.ts'
import type { TextStream } from './texts.ts'

/** One attempt at one step, and what is made once for it: a tool the step uses, and a tool of that tool, share it. */
export interface Lending {
  parts: {
    door: ConnectionDoor
    guards: Guards
    bus: Bus
    sandbox: Sandbox
    find: FindDefinition
    log: Log
  }
  prepared: Prepared
  place: AttemptPlace
  subSteps: SubSteps
  questions: Questions
  text: TextStream
  scope: ParamsAbout['scope']
  outside: () => boolean
  log: (message: string, data?: Json) => void
  /** The means of one who uses them. */
  lend(borrower: Borrower): Means
}

/** Who uses the means: the step's own node, or a tool. `prefix` sets apart what tools do from what the step does. */
export interface Borrower {
  node: DocumentNode
  definition: AnyStep
  prefix: string
  idempotencyKey: string
  signal: AbortSignal
}
