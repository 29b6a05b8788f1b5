import { defineNode, Json, z } from '../kit/index.ts'
import { entryFields } from './fields.ts'

export const stateGet = defineNode({
  id: 'state.get',
  version: 1,
  title: 'Read state',
  summary: 'Gives a value that an earlier run has kept.',
  group: 'data',
  icon: 'database',
  line: 'Read {key}',
  effect: 'read',
  params: z.object({
    ...entryFields,
    otherwise: Json.default(null).meta({
      title: 'Otherwise',
      description: 'The value when there is no such entry.',
      widget: 'json',
    }),
  }),
  output: z.object({
    value: Json.meta({ title: 'Value' }),
    found: z.boolean().meta({ title: 'Found' }),
  }),
  async run({ params: { scope, key, otherwise }, state }) {
    const value = await state.get({ scope, key })
    return value === undefined ? { value: otherwise, found: false } : { value, found: true }
  },
  examples: [
    {
      title: 'The last order that was looked at',
      params: { key: 'last_order' },
      means: { state: { workflow: { last_order: 41 } } },
      output: { value: 41, found: true },
    },
    {
      title: 'Nothing kept yet',
      params: { key: 'last_order', otherwise: 0 },
      means: { state: { tenant: { last_order: 41 } } },
      output: { value: 0, found: false },
    },
  ],
})
