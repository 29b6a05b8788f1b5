import { defineNode, Json, z } from '../kit/index.ts'

export const flowLog = defineNode({
  id: 'flow.log',
  version: 1,
  title: 'Log',
  summary: 'Writes a line into the log of the run.',
  group: 'logic',
  icon: 'scroll-text',
  line: '{message}',
  effect: 'none',
  params: z.object({
    message: z
      .string()
      .max(10_000)
      .meta({ title: 'Message', placeholder: 'Order received', widget: 'multiline' }),
    data: Json.optional().meta({
      title: 'Value',
      description: 'Shown under the message, if given.',
      widget: 'json',
      missing: 'null',
    }),
  }),
  output: Json,
  outputLike: 'input',
  run({ params, input, log }) {
    log(params.message, params.data)
    return input
  },
  examples: [
    { title: 'A message', params: { message: 'Order received' }, input: { id: 1 }, output: { id: 1 } },
    {
      title: 'A message and a value',
      params: { message: 'Totals', data: { paid: 3, open: 1 } },
      input: null,
      output: null,
    },
  ],
})
