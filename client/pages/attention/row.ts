import type { Inputs, Outputs } from '#client/lib/router-types.ts'

export type AttentionGroup = Outputs['attention']['groups'][number]
export type AttentionRow = Outputs['attention']['list']['items'][number]
export type AttentionStep = Outputs['attention']['get']
export type AttentionFilterInput = NonNullable<Inputs['attention']['groups']>
export type Resolution = Inputs['attention']['resolve']['resolution']
export type How = Resolution['how']

export const whys = ['unknown', 'exhausted', 'crashed'] as const
export const hows = ['retry', 'skip', 'fail'] as const

/** What people call the step. */
export const stepName = ({ node, step }: Pick<AttentionRow, 'node' | 'step'>) => node.name || step
