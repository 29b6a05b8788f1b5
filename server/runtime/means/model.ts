// Helper B fills this in.
import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { StepAbout } from './step-about.ts'

/** `ctx.model` of one step. */
export function modelFor(_step: StepAbout): Means['model'] {
  return async () => {
    throw fail('not_available', 'There is no model here.')
  }
}
