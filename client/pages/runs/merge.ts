import type { RunRow } from './row.ts'

/** The shown rows with what is known to have changed since, in their places. */
export function mergeRuns(shown: readonly RunRow[], latest: readonly RunRow[]): readonly RunRow[] {
  if (latest.length === 0) return shown
  const byId = new Map(latest.map((row) => [row.id, row]))
  return shown.map((row) => byId.get(row.id) ?? row)
}

/** Runs that started after the newest one shown; an older run that now matches the filter is not news. */
export function freshRuns(shown: readonly RunRow[], latest: readonly RunRow[]): readonly RunRow[] {
  const known = new Set(shown.map(({ id }) => id))
  const newest = shown[0]?.createdAt ?? ''
  return latest.filter(({ id, createdAt }) => !known.has(id) && createdAt >= newest)
}
