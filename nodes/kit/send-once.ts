import { fail, StepFailure } from './failure.ts'
import type { Http } from './http.ts'

const unclear = new Set(['timeout', 'network', 'http_5xx'])

/**
 * For requests that must not happen twice and take no idempotency key. When nobody knows whether one arrived it is
 * not tried again by itself; when the other side said “later” (429) it did not happen, and is.
 */
export function sendOnce(http: Http): Http {
  return async (request) => {
    try {
      return await http(request)
    } catch (error) {
      if (!(error instanceof StepFailure) || !unclear.has(error.failure.code)) throw error
      throw fail(
        'outcome_unknown',
        `${error.failure.message}. It may have happened or not, so it is not repeated by itself.`,
      )
    }
  }
}
