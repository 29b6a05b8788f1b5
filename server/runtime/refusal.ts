/**
 * Whether the database refuses what it was given: classes 22 and 23 of SQLSTATE are data and constraints. Anything else
 * passes: a failover, a full disk, a deadlock.
 */
export const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^2[23]/.test(error.code)
