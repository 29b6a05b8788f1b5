import { z } from 'zod'
import type { Failure } from './failure.ts'

/** At most so many calls in any stretch of so many ms. */
export const Rate = z.strictObject({
  calls: z.number().int().min(1).max(100_000),
  perMs: z.number().int().min(100).max(86_400_000),
})
export type Rate = z.infer<typeof Rate>

/** After so many failures in a row nothing is sent for a while; then one call tries. */
export const Breaker = z.strictObject({
  failures: z.number().int().min(1).max(1_000),
  pauseMs: z.number().int().min(1_000).max(3_600_000),
})
export type Breaker = z.infer<typeof Breaker>

/** Keeps what a step gave. Without a `key` of the maker's, for the same parameters. */
export const Cache = z.strictObject({
  key: z.strictObject({ expr: z.string().max(20_000) }).optional(),
  ageMs: z.number().int().min(1_000).max(2_592_000_000),
})
export type Cache = z.infer<typeof Cache>

/** How often a connection may be used and when it is left alone; of a kind, or of one connection. */
export const ConnectionLimits = z.strictObject({ rate: Rate.optional(), breaker: Breaker.optional() })
export type ConnectionLimits = z.infer<typeof ConnectionLimits>

/** What a maker can set under *Reliability*; absent fields take the node's defaults. */
export const Reliability = z.strictObject({
  /** Attempts in all; 1 means no retry. */
  attempts: z.number().int().min(1).max(20).optional(),
  /** Pause before the second attempt, in ms; with `exponential` it doubles after each one. */
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  backoff: z.enum(['exponential', 'fixed']).optional(),
  /** Gives up on one attempt after this many ms. */
  timeoutMs: z.number().int().min(100).max(86_400_000).optional(),
  rate: Rate.optional(),
  breaker: Breaker.optional(),
  cache: Cache.optional(),
  /** What becomes of the step once it is out of retries: it fails, or it waits in *Needs attention*. */
  onFailure: z.enum(['fail', 'attention']).optional(),
})
export type Reliability = z.infer<typeof Reliability>

export interface RetryPolicy {
  attempts: number
  delayMs: number
  /** `exponential` unless said. */
  backoff?: 'exponential' | 'fixed'
}

export const noRetry: RetryPolicy = { attempts: 1, delayMs: 0 }

const MAX_DELAY_MS = 3_600_000

/** A node's own policy with what its maker set. */
export function retryPolicy(own: RetryPolicy, set: Reliability = {}): RetryPolicy {
  const { attempts = own.attempts, delayMs = own.delayMs, backoff = own.backoff } = set
  return { attempts, delayMs, ...(backoff ? { backoff } : {}) }
}

/** The longest pause before trying again, or null to give up. Pure: where within it the runtime tries is its own. */
export function retryDelay(policy: RetryPolicy, attempt: number, failure: Failure): number | null {
  if (!failure.retryable || attempt >= policy.attempts) return null
  const growth = policy.backoff === 'fixed' ? 1 : 2 ** (attempt - 1)
  return Math.min(failure.retryAfterMs ?? policy.delayMs * growth, MAX_DELAY_MS)
}

/**
 * Where the next try may fall, for a longest pause: anywhere up to it, so that many that failed together do not come
 * back together (full jitter). A pause that the other side asked for, or a fixed one, is kept whole, and up to a fifth more.
 */
export function retryWindow(
  delayMs: number,
  {
    policy,
    failure,
  }: { policy: Pick<RetryPolicy, 'backoff'>; failure: Pick<Failure, 'retryAfterMs'> | undefined },
): { fromMs: number; toMs: number } {
  const isWhole = policy.backoff === 'fixed' || failure?.retryAfterMs !== undefined
  return isWhole ? { fromMs: delayMs, toMs: delayMs * 1.2 } : { fromMs: 0, toMs: delayMs }
}
