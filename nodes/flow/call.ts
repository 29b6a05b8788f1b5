import { defineNode, fail, Json, JsonObject, z } from '../kit/index.ts'
import { Deadline, deadlineMs } from '../kit/span.ts'

export const flowCall = defineNode({
  id: 'flow.call',
  version: 1,
  title: 'Call a workflow',
  summary: 'Runs another workflow of the team, and gives what comes out of it.',
  group: 'logic',
  icon: 'workflow',
  line: 'Call a workflow with {input}',
  effect: 'idempotent',
  params: z.object({
    workflow: z.uuid().meta({
      title: 'Workflow',
      description: 'It has a trigger “When called” and is published.',
      widget: 'workflow',
      static: true,
    }),
    input: JsonObject.default({}).meta({
      title: 'Input',
      description: 'What its trigger gives.',
      widget: 'json',
      placeholder: '{ "order": 17 }',
    }),
    wait: z
      .boolean()
      .default(true)
      .meta({ title: 'Wait for its end', description: 'If not, this run goes on at once.' }),
    deadline: Deadline.meta({ title: 'At most', description: 'When the time is up the step fails.' }),
  }),
  output: z.object({
    runId: z.string().meta({ description: 'The run of the workflow that was called.' }),
    output: Json.meta({ description: 'What came out of it; null when nobody waits for it.' }),
  }),
  destination: ['workflow'],
  async run({ params, call, nowMs }) {
    const { workflow: workflowId, input, wait, deadline } = params
    const at = deadlineMs(deadline, nowMs)
    const outcome = await call({ name: 'call', workflowId, input, wait, deadlineMs: at })
    const { runId } = outcome
    switch (outcome.status) {
      case 'started':
        return { runId, output: null }
      case 'succeeded':
        return { runId, output: outcome.output }
      case 'failed':
        throw fail('called_failed', `The workflow that was called failed: ${outcome.message}`)
      case 'cancelled':
        throw fail('called_cancelled', 'The run of the workflow that was called was cancelled.')
      case 'expired':
        throw fail('called_too_long', 'The workflow that was called has not ended in time.')
      default:
        return outcome satisfies never
    }
  },
  examples: [
    {
      title: 'With an order',
      params: { workflow: '01936d3c-0000-7000-8000-000000000001', input: { order: 17 } },
      means: { calls: { call: { status: 'succeeded', runId: 'r1', output: { shipped: true } } } },
      output: { runId: 'r1', output: { shipped: true } },
    },
    {
      title: 'Without waiting for it',
      params: { workflow: '01936d3c-0000-7000-8000-000000000001', wait: false },
      means: { calls: { call: { status: 'started', runId: 'r1' } } },
      output: { runId: 'r1', output: null },
    },
    {
      title: 'It fails',
      params: { workflow: '01936d3c-0000-7000-8000-000000000001' },
      means: { calls: { call: { status: 'failed', runId: 'r1', code: 'timeout', message: 'Too slow' } } },
      fails: 'called_failed',
    },
  ],
})
