import type { Outputs } from '#client/lib/router-types.ts'

export type TenantRow = Outputs['admin']['tenants']['items'][number]
export const limitNames = [
  'concurrentRuns',
  'runsPerMinute',
  'queuedRuns',
  'storageMb',
  'monthlyCostUsd',
] as const
export type LimitName = (typeof limitNames)[number]
