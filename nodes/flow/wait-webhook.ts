import { defineNode, isJsonObject, Json, z } from '../kit/index.ts'
import { Deadline, deadlineMs } from '../kit/span.ts'

const empty = { method: '', headers: {}, query: {}, body: null }

export const flowWaitWebhook = defineNode({
  id: 'flow.wait_webhook',
  version: 1,
  title: 'Wait for a call',
  summary: 'Holds the run until another system calls an address of its own. Restarts do no harm.',
  group: 'logic',
  icon: 'webhook',
  line: 'Wait for a call of /wait/{path}',
  effect: 'none',
  params: z.object({
    path: z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'Use letters, digits, - and _, with / between parts')
      .meta({
        title: 'Path',
        description:
          'The last part of the address, after /hooks/your-team/wait/. Different for each run, and hard to guess: such as run.id. Whoever knows it can have the run go on.',
        placeholder: 'payment-4711',
      }),
    deadline: Deadline,
  }),
  ports: ['out', 'expired'],
  output: z.object({
    method: z.string(),
    headers: z.record(z.string(), z.string()).meta({ description: 'Lower-case names.' }),
    query: z.record(z.string(), z.string()),
    body: Json,
  }),
  async run({ params, ask, nowMs, to }) {
    const { path, deadline } = params
    const answer = await ask({
      name: 'call',
      kind: 'webhook',
      title: path,
      request: { path },
      role: null,
      deadlineMs: deadlineMs(deadline, nowMs),
    })
    return answer.status === 'expired' ? to('expired', empty) : to('out', callOf(answer.value))
  },
  examples: [
    {
      title: 'Until the payment service calls',
      params: { path: 'payment-4711' },
      means: {
        answers: {
          call: {
            status: 'answered',
            value: { method: 'POST', headers: {}, query: {}, body: { paid: true } },
            by: null,
            atMs: Date.UTC(2026, 0, 1),
          },
        },
      },
      output: { method: 'POST', headers: {}, query: {}, body: { paid: true } },
      port: 'out',
    },
    {
      title: 'An hour at most',
      params: { path: 'payment-4711', deadline: { kind: 'after', amount: 1, unit: 'hours' } },
      means: { answers: { call: { status: 'expired' } } },
      output: empty,
      port: 'expired',
    },
  ],
})

function callOf(value: Json) {
  if (!isJsonObject(value)) return empty
  const { method = '', headers = {}, query = {}, body = null } = value
  return { method: String(method), headers: textsOf(headers), query: textsOf(query), body }
}

const textsOf = (value: Json): Record<string, string> =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
    : {}
