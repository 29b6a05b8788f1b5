import { z } from 'zod'
import { startedBy } from '#server/runtime/new-run.ts'

export const RunStatus = z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'])
export type RunStatus = z.infer<typeof RunStatus>

/** Nothing more happens in it. */
export const hasEnded = (status: RunStatus) =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled'

export const StartedBy = z.enum(startedBy)
export type StartedBy = z.infer<typeof StartedBy>

/** Why a run failed, and at which step. */
export const RunFailure = z.object({ code: z.string(), message: z.string(), step: z.string().nullish() })
export type RunFailure = z.infer<typeof RunFailure>
