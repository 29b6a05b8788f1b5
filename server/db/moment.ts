import { z } from 'zod'

/** A moment with its offset, `2026-01-31T09:00:00Z`; none of the year 0, which PostgreSQL's calendar does not have. */
export const Moment = z.iso
  .datetime({ offset: true })
  .refine((text) => !text.startsWith('0000'), 'There is no year 0')
