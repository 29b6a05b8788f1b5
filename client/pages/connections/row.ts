import type { Outputs } from '#client/lib/router-types.ts'

export type ConnectionRow = Outputs['connections']['list'][number]
export type ConnectionKind = Outputs['connections']['kinds'][number]
