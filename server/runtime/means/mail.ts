// Helper D fills this in.
import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { StepAbout } from './step-about.ts'

/** `ctx.mail` of one step. */
export function mailFor(_step: StepAbout): Means['mail'] {
  const absent = async () => {
    throw fail('not_available', 'There is no mail here.')
  }
  return { send: absent, compose: absent }
}
