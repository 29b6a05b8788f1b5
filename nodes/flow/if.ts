import { defineNode, Json, z } from '../kit/index.ts'
import { conditions, decide, holds, Op } from './condition.ts'

const Rule = z.object({
  left: Json.meta({
    title: 'Value',
    description: 'What to look at. A field that is missing counts as empty.',
    missing: 'null',
  }),
  op: Op,
  right: Json.optional().meta({ title: 'Compared with', missing: 'null' }),
})

export const flowIf = defineNode({
  id: 'flow.if',
  version: 1,
  title: 'If',
  summary: 'Takes one of two paths, depending on conditions.',
  group: 'logic',
  icon: 'split',
  line: 'If {conditions}',
  effect: 'none',
  params: z.object({
    conditions: conditions(Rule).meta({
      title: 'Conditions',
      description:
        'Text that looks like a number is compared as a number, so "10" is greater than 9. Capital letters matter.',
      widget: 'conditions',
    }),
  }),
  output: Json,
  outputLike: 'input',
  ports: ['yes', 'no'],
  run({ params, input, to }) {
    const yes = decide(params.conditions, ({ left, op, right = null }) => holds({ left, op, right }))
    return to(yes ? 'yes' : 'no', input)
  },
  examples: [
    {
      title: 'Big orders',
      params: { conditions: { rules: [{ left: 120, op: 'at_least', right: 100 }] } },
      input: { total: 120 },
      output: { total: 120 },
      port: 'yes',
    },
    {
      title: 'Has an e-mail address',
      params: { conditions: { rules: [{ left: '', op: 'is_not_empty' }] } },
      input: { email: '' },
      output: { email: '' },
      port: 'no',
    },
    {
      title: 'Any of several',
      params: {
        conditions: {
          match: 'any',
          rules: [
            { left: 'Lisbon', op: 'equals', right: 'Porto' },
            { left: 'Lisbon', op: 'starts_with', right: 'Lis' },
          ],
        },
      },
      input: null,
      output: null,
      port: 'yes',
    },
  ],
})
