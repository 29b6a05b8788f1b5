import { defineNode, z } from '../kit/index.ts'
import { Expiry, entryFields, keepOf } from './fields.ts'

export const stateAdd = defineNode({
  id: 'state.add',
  version: 1,
  title: 'Count in state',
  summary: 'Adds to a number that later runs see. Runs at the same time do not lose counts.',
  group: 'data',
  icon: 'sigma',
  line: 'Add {by} to {key}',
  effect: 'idempotent',
  destination: ['scope', 'key'],
  params: z.object({
    ...entryFields,
    by: z
      .number()
      .default(1)
      .meta({ title: 'Add', description: 'Less than 0 takes away. The number begins at 0.' }),
    expiry: Expiry,
  }),
  output: z.object({
    value: z.number().meta({ title: 'Value', description: 'The number as it is now.' }),
  }),
  async run({ params: { scope, key, by, expiry }, state }) {
    return { value: await state.add({ scope, key, by, ...keepOf(expiry) }) }
  },
  examples: [
    {
      title: 'Count visits',
      params: { key: 'visits' },
      means: { state: { workflow: { visits: 9 } } },
      output: { value: 10 },
    },
    { title: 'Begin at 0', params: { key: 'stock', by: -2 }, means: { state: {} }, output: { value: -2 } },
  ],
})
