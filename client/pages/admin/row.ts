import type { Outputs } from '#client/lib/router-types.ts'

export type TenantRow = Outputs['admin']['tenants']['items'][number]
export const limitNames = [
  'concurrentRuns',
  'runsPerMinute',
  'queuedRuns',
  'dailyRuns',
  'storageMb',
  'monthlyCostUsd',
] as const
export type LimitName = (typeof limitNames)[number]
/** Where these are not set, there is no limit. */
export const mayBeUnlimited = (name: LimitName) => name === 'monthlyCostUsd' || name === 'dailyRuns'
export const overLimits = ['refuse', 'wait'] as const
export type OverLimit = (typeof overLimits)[number]
