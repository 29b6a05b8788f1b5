import type { Outputs } from '#client/lib/router-types.ts'

export type WorkflowRow = Outputs['workflows']['list']['items'][number]
