import { defineTrigger, Json, z } from '../kit/index.ts'

export const triggerWebhook = defineTrigger({
  id: 'trigger.webhook',
  version: 1,
  title: 'Webhook',
  summary: 'Starts when another system calls a web address.',
  group: 'trigger',
  icon: 'webhook',
  line: '{method} /{path}',
  starts: 'webhook',
  params: z.object({
    method: z
      .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'ANY'])
      .default('POST')
      .meta({
        title: 'Method',
        description: 'Which kind of request starts the workflow.',
        options: { ANY: 'Any method' },
        static: true,
      }),
    path: z
      .string()
      .max(120)
      .regex(/^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/)
      .meta({
        title: 'Path',
        description:
          'The last part of the address: lower-case letters, digits, - and _, with / between parts. The whole address is shown once the workflow is published.',
        placeholder: 'new-order',
        static: true,
      }),
    answer: z
      .enum(['at_once', 'when_done', 'by_node'])
      .default('at_once')
      .meta({
        title: 'Answer the caller',
        description:
          'At once: 202 and the id of the run. When the run ends: its output. By a Respond node: what that node says.',
        options: {
          at_once: 'At once',
          when_done: 'When the run ends',
          by_node: 'With a Respond node',
        },
        static: true,
      }),
  }),
  output: z.object({
    method: z.string().meta({ title: 'Method', description: 'GET, POST, …' }),
    path: z.string().meta({ title: 'Path' }),
    headers: z.record(z.string(), z.string()).meta({ title: 'Headers', description: 'Lower-case names.' }),
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])).meta({
      title: 'Query',
      description: 'What follows ? in the address. A name given more than once has a list.',
    }),
    body: Json.meta({ title: 'Body', description: 'Parsed when it is JSON or a form, else text.' }),
  }),
  examples: [
    {
      title: 'Take an order',
      params: { method: 'POST', path: 'new-order', answer: 'at_once' },
      output: {
        method: 'POST',
        path: 'new-order',
        headers: { 'content-type': 'application/json' },
        query: {},
        body: { product: 'mug', quantity: 2 },
      },
    },
    {
      title: 'Answer a question',
      params: { method: 'GET', path: 'price', answer: 'by_node' },
      output: { method: 'GET', path: 'price', headers: {}, query: { product: 'mug' }, body: null },
    },
  ],
})
