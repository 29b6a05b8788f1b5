import { z } from 'zod'

/** What is done to runs, by their filter. */
export const RunBulkKind = z.enum(['retry', 'cancel'])
export type RunBulkKind = z.infer<typeof RunBulkKind>
/** `resolve` decides about steps that need attention. */
export const BulkKind = z.enum([...RunBulkKind.options, 'resolve'])
export type BulkKind = z.infer<typeof BulkKind>

export const BulkStatus = z.enum(['running', 'done', 'cancelled'])

/** What a job has stored of the runs, or the steps, it is about. */
export const BulkRunIds = z.object({ ids: z.array(z.uuid()) })

interface Row {
  id: string
  kind: string
  status: string
  total: number
  done: number
  refused: number
  createdAt: Date
  finishedAt: Date | null
}

/** How far a job is, as its list and its page show it. */
export function progressOf({ id, kind, status, total, done, refused, createdAt, finishedAt }: Row) {
  return {
    id,
    kind: BulkKind.parse(kind),
    status: BulkStatus.parse(status),
    total,
    done,
    refused,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}
