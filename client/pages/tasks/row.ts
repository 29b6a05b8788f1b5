import type { Outputs } from '#client/lib/router-types.ts'

export type TaskRow = Outputs['tasks']['list']['items'][number]
export type Task = Outputs['tasks']['get']
export type TaskStatus = TaskRow['status']

export const taskStatuses = [
  'open',
  'answered',
  'expired',
  'cancelled',
] as const satisfies readonly TaskStatus[]
