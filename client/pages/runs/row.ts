import type { Outputs } from '#client/lib/router-types.ts'

export type RunRow = Outputs['runs']['list']['items'][number]
export type RunStatus = RunRow['status']
export type StartedBy = RunRow['startedBy']
/** What the list is narrowed to. */
export interface RunFilterInput {
  workflowId?: string
  status?: RunStatus[]
  startedBy?: StartedBy[]
  search?: string
  /** Runs that failed for the same cause. */
  failureKey?: string
}

export const runStatuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies readonly RunStatus[]

export const starts = [
  'manual',
  'webhook',
  'schedule',
  'api',
  'event',
  'poll',
  'chat',
  'form',
  'call',
  'error',
] as const satisfies readonly StartedBy[]

/** How a run stands, for a badge: one that waits because a step did not end well says so. */
export const shownStatus = ({ status, attention }: Pick<RunRow, 'status' | 'attention'>) =>
  attention ? 'attention' : status
