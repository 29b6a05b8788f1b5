import { defineFrame, Json, z } from '../kit/index.ts'

export const flowEach = defineFrame({
  id: 'flow.each',
  version: 1,
  title: 'For each',
  summary: 'Runs the steps inside it once for each element of a list.',
  group: 'logic',
  icon: 'repeat',
  line: 'For each of {list}',
  frame: 'each',
  params: z.object({
    list: z.array(Json).meta({
      title: 'List',
      description: 'Inside, item is the element and index its place, from 0.',
    }),
    concurrency: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .meta({ title: 'At the same time', description: 'How many elements are worked on at once.' }),
  }),
  output: z
    .array(Json)
    .meta({ title: 'Results', description: 'What the last step inside gave for each element, in order.' }),
  examples: [
    { title: 'One after the other', params: { list: ['Ada', 'Grace'] } },
    { title: 'Five at a time', params: { list: [1, 2, 3, 4, 5, 6], concurrency: 5 } },
  ],
})
