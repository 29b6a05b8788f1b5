// Helper C fills this in.
import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { StepAbout } from './step-about.ts'

/** `ctx.files` of one step. */
export function filesFor(_step: StepAbout): Means['files'] {
  const absent = async () => {
    throw fail('not_available', 'There is no place for files here.')
  }
  return { read: absent, write: absent }
}
