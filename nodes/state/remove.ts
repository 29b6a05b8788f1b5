import { defineNode, z } from '../kit/index.ts'
import { entryFields } from './fields.ts'

export const stateRemove = defineNode({
  id: 'state.remove',
  version: 1,
  title: 'Forget state',
  summary: 'Removes an entry that was kept.',
  group: 'data',
  icon: 'trash-2',
  line: 'Forget {key}',
  effect: 'idempotent',
  destination: ['scope', 'key'],
  params: z.object(entryFields),
  output: z.object({ removed: z.boolean().meta({ title: 'Removed', description: 'No: there was none.' }) }),
  async run({ params, state }) {
    return { removed: await state.remove(params) }
  },
  examples: [
    {
      title: 'Begin again',
      params: { key: 'last_order' },
      means: { state: { workflow: { last_order: 41 } } },
      output: { removed: true },
    },
    {
      title: 'Nothing to forget',
      params: { key: 'last_order' },
      means: { state: {} },
      output: { removed: false },
    },
  ],
})
