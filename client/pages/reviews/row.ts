import type { Outputs } from '#client/lib/router-types.ts'

export type ReviewRow = Outputs['admin']['reviews'][number]
export type ReviewedVersion = Outputs['admin']['reviewed']
