import type { Side, Three } from './conflict.ts'
import { same } from './same.ts'

/** The side that changed it; asks when both did, and differently. */
export function pick<T>(three: Three<T>, ask: () => Side): T {
  const { base, mine, theirs } = three
  if (same(mine, theirs) || same(theirs, base)) return mine
  if (same(mine, base)) return theirs
  return three[ask()]
}

/** The side that changed it; mine when both did. For what is not worth a question, such as a place on the canvas. */
export const pickQuietly = <T>(three: Three<T>): T => pick(three, () => 'mine')
