export const hookLimits = {
  bytes: 5 * 1024 * 1024,
  /** How long a caller may be kept waiting for the run. */
  waitMs: 100_000,
  /** Requests at once in this process. Beyond it callers are told to come back rather than kept in memory. */
  atOnce: 2_000,
} as const
