// Helper B fills this in.
import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { StepAbout } from './step-about.ts'

/** `ctx.state` of one step. */
export function stateFor(_step: StepAbout): Means['state'] {
  const absent = async () => {
    throw fail('not_available', 'There is no state here.')
  }
  return { get: absent, set: absent, add: absent, remove: absent }
}
