import type { Outputs } from '#client/lib/router-types.ts'

/** What a dashboard shows, of a tenant or of the whole installation. */
export type Figures = Outputs['dashboard']['get']
export type Bucket = Figures['byBucket'][number]
export type Days = 1 | 7 | 30
export const periods = [1, 7, 30] as const satisfies readonly Days[]
