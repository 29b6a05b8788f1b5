import type { Three } from './conflict.ts'
import { same } from './same.ts'

/**
 * All that is in mine or theirs, once each: in the order of the side that changed it (mine when both did), what only
 * the other has after what it came after there.
 */
export function mergedOrder({ base, mine, theirs }: Three<readonly string[]>): string[] {
  const [first, second] = same(base, mine) ? [theirs, mine] : [mine, theirs]
  const placed = new Set(first)
  const after = new Map<string | undefined, string[]>()
  let last: string | undefined
  for (const key of second) {
    if (placed.has(key)) last = key
    else after.set(last, [...(after.get(last) ?? []), key])
  }
  const order = [...(after.get(undefined) ?? [])]
  for (const key of placed) order.push(key, ...(after.get(key) ?? []))
  return [...new Set(order)]
}
