/**
 * Whether the database refuses what it was given: classes 22 and 23 of SQLSTATE are data and constraints. Anything else
 * passes: a failover, a full disk, a deadlock.
 */
export const isRefusal = (error: unknown): boolean => /^2[23]/.test(stateOf(error))

/** A deadlock, or a conflict of transactions: certainly nothing of it was written, and trying again helps. */
export const isRolledBack = (error: unknown): boolean => stateOf(error).startsWith('40')

/** The database is not there at the moment, or the connection to it broke: nothing is wrong with what was asked. */
export const isAway = (error: unknown): boolean =>
  /^(57P0[123]|08...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(stateOf(error)) ||
  (error instanceof Error &&
    /^(Connection terminated|Client has encountered a connection error)/.test(error.message))

const stateOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
