/** How far two clocks are apart for certain: a moment between question and answer says nothing against ours. */
export function clockOffset(
  theirsMs: number,
  { askedAt, answeredAt }: { askedAt: number; answeredAt: number },
): number {
  return theirsMs - Math.min(Math.max(theirsMs, askedAt), answeredAt)
}
