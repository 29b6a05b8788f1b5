import { defineTrigger, Json, z } from '../kit/index.ts'

export const triggerManual = defineTrigger({
  id: 'trigger.manual',
  version: 1,
  title: 'Run by hand',
  summary: 'Starts when someone presses Run, or through the API, with any JSON as its input.',
  group: 'trigger',
  icon: 'mouse-pointer-click',
  line: 'When someone presses Run',
  starts: 'manual',
  params: z.object({
    sample: Json.optional().meta({
      title: 'Sample input',
      description:
        'Used when you press Run, and to know which fields the trigger has. Leave it empty when the workflow needs no input.',
      placeholder: '{ "name": "Ada" }',
      widget: 'json',
      static: true,
    }),
  }),
  output: Json,
  outputLike: { param: 'sample' },
  examples: [
    { title: 'Without input', params: {}, output: null },
    {
      title: 'With a list to work on',
      params: { sample: { orders: [{ id: 1, total: 40 }] } },
      output: { orders: [{ id: 1, total: 40 }] },
    },
  ],
})
