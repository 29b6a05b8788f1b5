import type pg from 'pg'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import type { Bus } from '../bus.ts'
import type { ConnectionDoor } from '../connection-http.ts'
import type { Log } from '../log.ts'

/** One attempt at one step, or at a tool an agent uses in it, as its means see it. */
export interface StepAbout {
  /** The engine's: set the tenant (`as-tenant.ts`) wherever a table is not the engine's own. */
  pool: pg.Pool
  /** The guarded network, the vault, and the kinds of connection. */
  door: ConnectionDoor
  bus: Bus
  log: Log
  tenantId: string
  workflowId: string
  runId: string
  /** `each[2].send`; the agent's own step for a tool it uses. */
  step: string
  /** With the step's connection: `node.connection`. */
  node: DocumentNode
  definition: AnyStep
  /** Whether words of people outside may have come this far; walks the graph. */
  outside: () => boolean
  /** The same on every attempt, and different for every tool call. */
  idempotencyKey: string
  /** Aborted at the step's timeout, when the run is cancelled, and when it is no longer ours. */
  signal: AbortSignal
}
