import { z } from 'zod'
import type { WorkflowDocument } from '#nodes/graph/document.ts'

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

export const Name = line(120)
export const Description = prose(2_000)
export const Id = z.uuid()
export const ById = z.strictObject({ id: Id })
export const Revision = z.int().min(1)

/** A workflow document, looked at by the verb that takes it, which says what is wrong in more detail. */
export const Drawing = z.custom<WorkflowDocument>(
  (value) => typeof value === 'object' && value !== null,
  'Give a workflow document',
)
