import { z } from 'zod'

/** One line that people read: no control characters or half surrogates, which some database or screen would choke on. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'Give it a name')
    .max(max)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'Use plain text on one line')
}

/** Text of several lines. */
export function prose(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => !/[\0\p{Cs}]/u.test(text), 'Use plain text')
}

/** An id of ours that is short random text, as those of people, members, invitations and sessions are. */
export const ShortId = z.string().regex(/^[\w-]{1,100}$/, 'This is not an id')
