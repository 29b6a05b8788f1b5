import { z } from 'zod'

/** What every list takes. */
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
}

/** `?status=failed,cancelled` or `?status=failed&status=cancelled`. */
export function listOf<T extends z.ZodType>(one: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(one).max(20).optional(),
  )
}
