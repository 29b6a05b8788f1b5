const days = { month: 30, quarter: 90, year: 365, never: null } as const

export type Expiry = keyof typeof days
export const expiries = ['month', 'quarter', 'year', 'never'] as const satisfies readonly Expiry[]

/** When a key made now stops working; undefined for never. */
export function expiresAt(expiry: Expiry, now: Date): string | undefined {
  const length = days[expiry]
  return length === null ? undefined : new Date(now.getTime() + length * 86_400_000).toISOString()
}
