import type { Outputs } from '#client/lib/router-types.ts'

export type FailureRow = Outputs['runs']['groups'][number]
