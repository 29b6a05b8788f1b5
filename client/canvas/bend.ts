/** Where a thread turns: near its end, so that its beginning has room for the name of the way out. */
export function bend(fromX: number, toX: number): { centerX?: number } {
  const length = toX - fromX
  return length > 48 ? { centerX: toX - Math.min(32, length / 3) } : {}
}
