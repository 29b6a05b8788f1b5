import { FormField, fieldLimits } from '../kit/form-fields.ts'
import { defineTrigger, Json, z } from '../kit/index.ts'

export const triggerCalled = defineTrigger({
  id: 'trigger.called',
  version: 1,
  title: 'When called',
  summary: 'Starts when another workflow of the team calls this one, or an agent uses it as a tool.',
  group: 'trigger',
  icon: 'log-in',
  line: 'When another workflow calls it',
  starts: 'call',
  params: z.object({
    fields: z.array(FormField).max(fieldLimits.fields).optional().meta({
      title: 'Fields',
      description: 'What callers give. Without any, all that they give is known only in the run.',
      static: true,
    }),
  }),
  output: Json,
  outputLike: { form: 'fields' },
  examples: [
    { title: 'With anything', params: {}, output: { order: 17 } },
    {
      title: 'With an order',
      params: { fields: [{ name: 'order', label: 'Number of the order', kind: 'number', required: true }] },
      output: { order: 17 },
    },
  ],
})
