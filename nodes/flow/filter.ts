import { defineNode, Json, z } from '../kit/index.ts'
import { conditions, decide, holds, Op } from './condition.ts'
import { fieldOf } from './field.ts'

const Rule = z.object({
  field: z.string().max(200).default('').meta({
    title: 'Field',
    description: 'A field of each element, such as total or customer.city. Empty: the element itself.',
    placeholder: 'total',
  }),
  op: Op,
  right: Json.optional().meta({ title: 'Compared with', missing: 'null' }),
})

export const flowFilter = defineNode({
  id: 'flow.filter',
  version: 1,
  title: 'Filter',
  summary: 'Keeps the elements of a list that fit.',
  group: 'logic',
  icon: 'funnel',
  line: 'Keep where {conditions}',
  effect: 'none',
  params: z.object({
    list: z.array(Json).meta({ title: 'List', description: 'The list to go through, from an earlier step.' }),
    conditions: conditions(Rule).meta({
      title: 'Keep an element when',
      description:
        'Text that looks like a number is compared as a number. A field that is missing counts as empty.',
      widget: 'conditions',
    }),
  }),
  output: z.array(Json).meta({ title: 'Kept', description: 'The elements that fit, in their order.' }),
  outputLike: { param: 'list' },
  ports: ['kept', 'none'],
  run({ params, to }) {
    const kept = params.list.filter((element) =>
      decide(params.conditions, ({ field, op, right = null }) =>
        holds({ left: fieldOf(element, field), op, right }),
      ),
    )
    return to(kept.length > 0 ? 'kept' : 'none', kept)
  },
  examples: [
    {
      title: 'Orders over 100',
      params: {
        list: [
          { id: 1, total: 40 },
          { id: 2, total: '140' },
        ],
        conditions: { rules: [{ field: 'total', op: 'greater', right: 100 }] },
      },
      output: [{ id: 2, total: '140' }],
      port: 'kept',
    },
    {
      title: 'Nothing is kept',
      params: { list: ['a', 'b'], conditions: { rules: [{ op: 'equals', right: 'c' }] } },
      output: [],
      port: 'none',
    },
  ],
})
