import { defineNode, fail, z } from '../kit/index.ts'

export const flowStop = defineNode({
  id: 'flow.stop',
  version: 1,
  title: 'Stop with error',
  summary: 'Ends the run as failed, with a message of your own.',
  group: 'logic',
  icon: 'octagon-x',
  line: '{message}',
  effect: 'none',
  params: z.object({
    message: z.string().min(1).max(2_000).meta({
      title: 'Message',
      description: 'Shown on the run and in the list of runs.',
      placeholder: 'The order has no customer',
      widget: 'multiline',
    }),
    code: z
      .string()
      .max(63)
      .regex(/^[a-z][a-z0-9_]*$/)
      .default('stopped')
      .meta({ title: 'Code', description: 'A short name to search by: lower-case letters, digits and _.' }),
  }),
  output: z.never(),
  ports: [],
  run({ params }) {
    throw fail(params.code, params.message)
  },
  examples: [
    { title: 'With a message', params: { message: 'The order has no customer' }, fails: 'stopped' },
    { title: 'With a code', params: { message: 'Out of stock', code: 'no_stock' }, fails: 'no_stock' },
  ],
})
