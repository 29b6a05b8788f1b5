/** How long calls took, in ms: p50, p95, p99, the longest. */
export function percentiles(tookMs) {
  const sorted = [...tookMs].sort((one, other) => one - other)
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? null
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? null }
}
