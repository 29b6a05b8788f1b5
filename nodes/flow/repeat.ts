import { defineFrame, Json, z } from '../kit/index.ts'

export const flowRepeat = defineFrame({
  id: 'flow.repeat',
  version: 1,
  title: 'Repeat',
  summary: 'Runs the steps inside it again and again, until something is so.',
  group: 'logic',
  icon: 'refresh-cw',
  line: 'Repeat, {most} times at most',
  frame: 'repeat',
  params: z.object({
    until: z.boolean().default(false).meta({
      title: 'Until',
      description:
        'Asked after each round. Here item is what the round gave; inside, item is what the round before gave (null at first) and index its number, from 0.',
    }),
    most: z
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .meta({ title: 'Rounds at most', description: 'Then it goes on, even if it is not so yet.' }),
  }),
  output: z.object({
    output: Json.meta({ description: 'What the last round gave.' }),
    rounds: z.int().meta({ description: 'How often it went round.' }),
    met: z.boolean().meta({ description: 'Whether it ended because it was so.' }),
  }),
  examples: [
    { title: 'Three times', params: { most: 3 } },
    { title: 'A hundred times at most', params: { until: false, most: 100 } },
  ],
})
