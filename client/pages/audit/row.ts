import type { Outputs } from '#client/lib/router-types.ts'

type Entry = Outputs['audit']['list']['items'][number]
type AdminEntry = Outputs['admin']['audit']['items'][number]

/** One entry; over the whole installation it says whose it is. */
export type AuditRow = Entry & { tenant?: AdminEntry['tenant'] }
