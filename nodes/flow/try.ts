import { defineFrame, Json, z } from '../kit/index.ts'

export const flowTry = defineFrame({
  id: 'flow.try',
  version: 1,
  title: 'Try',
  summary: 'Runs the steps inside it, others if one of them fails, and others again in any case.',
  group: 'logic',
  icon: 'life-buoy',
  line: 'Try',
  frame: 'try',
  params: z.object({}),
  output: Json.meta({
    title: 'Result',
    description: 'What its steps gave or, if one of them failed, what was done about it gave.',
  }),
  examples: [{ title: 'Steps that may fail', params: {} }],
})
