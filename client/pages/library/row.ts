import type { Outputs } from '#client/lib/router-types.ts'

export type LibraryRow = Outputs['library']['list']['items'][number]
export type LibraryItem = Outputs['library']['get']
export type Upgrade = Outputs['library']['upgradePreview']
export type Suggestion = Outputs['library']['suggest']
