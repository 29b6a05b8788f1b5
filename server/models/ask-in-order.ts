import { type Failure, StepFailure } from '#nodes/kit/failure.ts'
import type { ModelChoice, ModelReply } from '#nodes/kit/model.ts'
import { mayAskNext } from './failures.ts'

/**
 * Asks the first choice, and the next where one is away, overloaded, too slow or refuses the key. A question that one
 * refuses is no other's either: that failure is thrown at once.
 */
export async function askInOrder(
  choices: readonly ModelChoice[],
  ask: (choice: ModelChoice) => Promise<ModelReply>,
): Promise<ModelReply> {
  const failures: Failure[] = []
  for (const choice of choices) {
    try {
      return await ask(choice)
    } catch (error) {
      if (!(error instanceof StepFailure) || !mayAskNext(error.failure)) throw error
      failures.push(error.failure)
    }
  }
  throw new StepFailure(together(failures))
}

/** Why none answered. It may be tried again when that may help with any of them, after the shortest pause asked for. */
function together(failures: readonly Failure[]): Failure {
  const [only, ...others] = failures
  if (!only) return { code: 'no_model', message: 'The step has no connection to a model.', retryable: false }
  if (others.length === 0) return only
  const pauses = failures.flatMap(({ retryable, retryAfterMs }) => (retryable ? [retryAfterMs ?? 0] : []))
  const pause = Math.min(...pauses)
  return {
    code: 'models_unavailable',
    message: `None of ${failures.length} models answered. ${failures.map(({ message }) => message).join(' ')}`,
    retryable: pauses.length > 0,
    ...(pauses.length > 0 && pause > 0 ? { retryAfterMs: pause } : {}),
  }
}
