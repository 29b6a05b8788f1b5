// Helper D fills this in.
import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { StepAbout } from './step-about.ts'

/** `ctx.sql` of one step. */
export function sqlFor(_step: StepAbout): Means['sql'] {
  const absent = async () => {
    throw fail('not_available', 'There is no database here.')
  }
  return { query: absent, tables: absent }
}
