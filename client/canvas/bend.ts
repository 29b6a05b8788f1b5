const STEM = 26

/** Where a thread turns: near its end, so that its beginning has room for the name of the way out. */
export function bend(fromX: number, toX: number): { centerX?: number } {
  const length = toX - fromX
  if (length < 2 * STEM) return {}
  return { centerX: toX - Math.max(STEM, Math.min(32, length / 3)) }
}
