/** Codes by which PostgreSQL, its drivers and the system say that the database is not there or has no room now. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
  ...['53300', '53400', '57P01', '57P02', '57P03', '08000', '08001', '08003', '08006'],
])

// Prisma has no code of its own for this where the query was plain SQL.
const SAYS_AWAY =
  /can't reach database server|connection (?:terminated|closed)|too many (?:database )?connections|timeout exceeded when trying to connect/i

/** Whether an error means: not now, and asking again may help. */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false
  if ('code' in error && typeof error.code === 'string' && AWAY.has(error.code)) return true
  if (SAYS_AWAY.test(error.message)) return true
  return isUnavailable(error.cause, depth + 1)
}
