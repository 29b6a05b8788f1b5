import { defineTrigger, z } from '../kit/index.ts'

export const triggerError = defineTrigger({
  id: 'trigger.error',
  version: 1,
  title: 'When a run fails',
  summary: 'Starts when a run of other workflows of the team fails.',
  group: 'trigger',
  icon: 'triangle-alert',
  line: 'When a run fails',
  starts: 'error',
  params: z.object({
    workflows: z
      .array(z.uuid().meta({ widget: 'workflow', static: true }))
      .max(500)
      .default([])
      .meta({ title: 'Of these workflows', description: 'Without any: of every workflow.', static: true }),
  }),
  output: z.object({
    workflow: z.object({ id: z.string(), name: z.string() }),
    run: z.object({ id: z.string(), startedBy: z.string() }),
    failure: z.object({
      code: z.string(),
      message: z.string(),
      step: z.string().nullable().meta({ description: 'Where it failed.' }),
    }),
  }),
  examples: [
    {
      title: 'Of every workflow',
      params: {},
      output: {
        workflow: { id: '01936d3c-0000-7000-8000-000000000001', name: 'Orders' },
        run: { id: '01936d3c-0000-7000-8000-000000000002', startedBy: 'webhook' },
        failure: { code: 'http_500', message: 'The server answered 500.', step: 'fetch' },
      },
    },
  ],
})
