/** Why a step did not succeed, as stored in the run's history and shown to the user. */
export interface Failure {
  /** Stable, snake_case; users branch on it. */
  code: string
  /** One sentence that says what happened and what to do. */
  message: string
  retryable: boolean
  /** The remote asked for this pause before the next attempt. */
  retryAfterMs?: number
}

/** Thrown by `fail`; anything else thrown by a node is recorded as `unexpected`. */
export class StepFailure extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'StepFailure'
    this.failure = failure
  }
}

/** `throw fail('not_found', 'No such channel')`. Not retried unless said. */
export function fail(
  code: string,
  message: string,
  options: { retryable?: boolean; retryAfterMs?: number } = {},
) {
  const { retryable = false, retryAfterMs } = options
  return new StepFailure({
    code,
    message,
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
