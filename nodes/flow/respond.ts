import { defineNode, Json, z } from '../kit/index.ts'

export const flowRespond = defineNode({
  id: 'flow.respond',
  version: 1,
  title: 'Respond',
  summary: 'Answers the caller of the webhook. The run goes on afterwards.',
  group: 'logic',
  icon: 'reply',
  line: 'Answer {status}',
  effect: 'idempotent',
  recorded: true,
  params: z.object({
    status: z
      .int()
      .min(200)
      .max(599)
      .default(200)
      .meta({ title: 'Status', description: '200 is success, 404 not found, 409 conflict.' }),
    body: Json.default(null).meta({
      title: 'Body',
      description: 'Text is sent as it is, anything else as JSON.',
      placeholder: '{ "ok": true }',
      widget: 'json',
    }),
    headers: z
      .record(z.string().max(200), z.string())
      .default({})
      .meta({ title: 'Headers', description: 'Added to the answer.' }),
  }),
  output: Json,
  outputLike: 'input',
  run({ params, input, respond }) {
    respond(params)
    return input
  },
  examples: [
    { title: 'All is well', params: { body: { ok: true } }, input: { id: 7 }, output: { id: 7 } },
    {
      title: 'Not found',
      params: { status: 404, body: 'No such product', headers: { 'content-type': 'text/plain' } },
      input: null,
      output: null,
    },
  ],
})
