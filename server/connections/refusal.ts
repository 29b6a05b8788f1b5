import { StepFailure } from '#nodes/kit/failure.ts'
import { AppError } from '#server/errors.ts'

/** A step's failure, as the answer to whoever asked. */
export function asRefusal(error: unknown): never {
  if (error instanceof StepFailure)
    throw new AppError('invalid', error.message, { failure: error.failure.code })
  throw error
}
