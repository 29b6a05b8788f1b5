// Helper B fills this in.
import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { StepAbout } from './step-about.ts'

/** `ctx.memory` of one step. */
export function memoryFor(_step: StepAbout): Means['memory'] {
  const absent = async () => {
    throw fail('not_available', 'There is no memory here.')
  }
  return { read: absent, append: absent }
}
