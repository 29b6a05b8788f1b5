import { z } from 'zod'

/** What every list takes. */
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
}

/** A moment with its offset: `2026-01-31T09:00:00Z`. */
export const Moment = z.iso.datetime({ offset: true })

/** `?status=failed,cancelled` or `?status=failed&status=cancelled`. */
export function listOf<T extends z.ZodType>(one: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(one).max(20).optional(),
  )
}
