import { z } from 'zod'
import type { Failure } from './failure.ts'

/** What a maker can set under *Reliability*; absent fields take the node's defaults. */
export const Reliability = z.strictObject({
  /** Attempts in all; 1 means no retry. */
  attempts: z.number().int().min(1).max(20).optional(),
  /** Pause before the second attempt, in ms; doubles after each one. */
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  /** Gives up on one attempt after this many ms. */
  timeoutMs: z.number().int().min(100).max(86_400_000).optional(),
  /** What becomes of the step once it is out of retries: it fails, or it waits in *Needs attention*. */
  onFailure: z.enum(['fail', 'attention']).optional(),
})
export type Reliability = z.infer<typeof Reliability>

export interface RetryPolicy {
  attempts: number
  delayMs: number
}

export const noRetry: RetryPolicy = { attempts: 1, delayMs: 0 }

const MAX_DELAY_MS = 3_600_000

/** How long to wait before trying again, or null to give up. Pure: jitter is the runtime's. */
export function retryDelay(policy: RetryPolicy, attempt: number, failure: Failure): number | null {
  if (!failure.retryable || attempt >= policy.attempts) return null
  return Math.min(failure.retryAfterMs ?? policy.delayMs * 2 ** (attempt - 1), MAX_DELAY_MS)
}
