import { z } from 'zod'
import { NodeKey, type WorkflowDocument } from '#nodes/graph/document.ts'
import { Json } from '#nodes/kit/json.ts'
import { Moment } from '#server/db/moment.ts'
import { line, prose } from '#server/db/plain-text.ts'

export const Name = line(120)
export const Description = prose(2_000)
export const Search = prose(200)
export const Id = z.uuid()
export const ById = z.strictObject({ id: Id })
export const Revision = z.int().min(1)

/** Which lines of an audit log. */
export const AuditFilter = z.strictObject({
  search: Search.optional(),
  action: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional(),
  actor: prose(100).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
  cursor: z.string().max(500).optional(),
})

/** A workflow document, looked at by the verb that takes it, which says what is wrong in more detail. */
export const Drawing = z.custom<WorkflowDocument>(
  (value) => typeof value === 'object' && value !== null,
  'Give a workflow document',
)

/** Where a replay begins and which version it walks. */
export const ReplayFrom = z.strictObject({
  from: z.string().min(1).max(1_000).meta({
    description: 'The step it begins at, such as `send`; one inside a frame stands for the whole frame.',
  }),
  version: z.enum(['same', 'newest']).default('same').meta({
    description:
      'The version the run had, or the one that is published now (of a draft: the draft as it is now).',
  }),
})

/** Outputs by step. */
export const Outputs = z
  .record(NodeKey, Json)
  .refine((outputs) => Object.keys(outputs).length <= 100, 'Give at most 100 outputs')
  .meta({ description: 'Outputs to take instead of those of the run, by step; the trigger’s is the input.' })
