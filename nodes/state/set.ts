import { defineNode, Json, z } from '../kit/index.ts'
import { Expiry, entryFields, keepOf } from './fields.ts'

export const stateSet = defineNode({
  id: 'state.set',
  version: 1,
  title: 'Keep state',
  summary: 'Keeps a value for later runs.',
  group: 'data',
  icon: 'save',
  line: 'Keep {key}',
  effect: 'idempotent',
  destination: ['scope', 'key'],
  params: z.object({
    ...entryFields,
    value: Json.meta({ title: 'Value', description: 'Up to 256 KB of JSON.', widget: 'json' }),
    expiry: Expiry,
  }),
  output: z.object({ value: Json.meta({ title: 'Value' }) }),
  async run({ params: { scope, key, value, expiry }, state }) {
    await state.set({ scope, key, value, ...keepOf(expiry) })
    return { value }
  },
  examples: [
    {
      title: 'Remember the last order',
      params: { key: 'last_order', value: 42 },
      means: { state: {} },
      output: { value: 42 },
    },
    {
      title: 'A customer’s language, for a month',
      params: {
        scope: 'tenant',
        key: 'language:ada',
        value: 'pt',
        expiry: { kind: 'after', amount: 30, unit: 'days' },
      },
      means: { state: {} },
      output: { value: 'pt' },
    },
  ],
})
