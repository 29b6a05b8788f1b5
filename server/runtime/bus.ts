import type { RunStatus } from './new-run.ts'

/** News of runs, told to every process. A hint and no more: who acts on one reads Postgres. */
export type Notice =
  | {
      kind: 'run'
      tenantId: string
      runId: string
      workflowId: string
      /** The last event written. */
      seq: number
      /** When it changed. */
      status: RunStatus | null
      responded: boolean
      /** Nobody was told of it before: it may have begun and ended in one write. */
      fresh?: true
      /** It has ended, and something follows from that. */
      unsettled?: boolean
    }
  | { kind: 'cancel'; tenantId: string; runId: string }
  /** A question of the run was asked, answered or closed. */
  | { kind: 'task'; tenantId: string; runId: string }
  /** What is known of a gate's breaker; `openMs` null: it is closed. */
  | { kind: 'gate'; tenantId: string; gate: string; failures: number; openMs: number | null }
  /** Public addresses of the tenant's workflows have changed. */
  | { kind: 'hooks'; tenantId: string }
  /** What a step writes for those who watch now. */
  | { kind: 'text'; tenantId: string; runId: string; step: string; text: string }
  /** News may have been missed: read again what you follow. */
  | { kind: 'missed' }

export interface Bus {
  /** Told here at once, elsewhere soon; never waits and never throws. */
  publish(notices: readonly Notice[]): void
  subscribe(listener: (notice: Notice) => void): () => void
  healthy(): boolean
  start(): Promise<void>
  close(): Promise<void>
}
