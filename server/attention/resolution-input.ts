import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { AttentionFilter } from './filter.ts'

const ParamName = z.string().min(1).max(200)
const MOST_PARAMS = 200
/** How many steps one request may name; a filter may mean as many. */
const MOST_IDS = 10_000

/** What somebody decides about a step that needs attention, as it comes from outside. */
export const ResolutionInput = z.discriminatedUnion('how', [
  z
    .strictObject({
      how: z.literal('retry'),
      params: z
        .record(ParamName, Json)
        .refine((params) => Object.keys(params).length <= MOST_PARAMS, `At most ${MOST_PARAMS} parameters`)
        .optional()
        .meta({ description: 'Values that replace those parameters of the step: data, never expressions.' }),
      unset: z
        .array(ParamName)
        .max(MOST_PARAMS)
        .optional()
        .meta({ description: 'Parameters that are taken away.' }),
    })
    .meta({ description: 'The step runs again, with its own idempotency key.' }),
  z
    .strictObject({
      how: z.literal('skip'),
      output: Json.meta({ description: 'What the step counts as having given.' }),
      port: z
        .string()
        .min(1)
        .max(63)
        .optional()
        .meta({ description: 'By which of its `ports` it goes on; `out` unless said.' }),
    })
    .meta({ description: 'The step counts as done.' }),
  z
    .strictObject({ how: z.literal('fail') })
    .meta({ description: 'The step has failed for good: its error port is followed, or its run fails.' }),
])

/** The same about many: of a filter, or these. */
export const ManyResolutions = z
  .strictObject({
    resolution: ResolutionInput,
    filter: AttentionFilter.optional(),
    ids: z.array(z.uuid()).min(1).max(MOST_IDS).optional(),
  })
  .refine(({ filter, ids }) => (filter === undefined) !== (ids === undefined), {
    message: 'Give a filter or ids, and not both',
    path: ['filter'],
  })
