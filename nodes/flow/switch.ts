import { defineNode, Json, z } from '../kit/index.ts'
import { holds } from './condition.ts'

const ports: readonly string[] = ['default']

export const flowSwitch = defineNode({
  id: 'flow.switch',
  version: 1,
  title: 'Switch',
  summary: 'Takes the path whose value matches, or the default one.',
  group: 'logic',
  icon: 'signpost',
  line: 'By {value}',
  effect: 'none',
  params: z.object({
    value: Json.meta({
      title: 'Value',
      description: 'What to look at. A field that is missing takes the default path.',
      missing: 'null',
    }),
    cases: z
      .array(
        z.object({
          port: z
            .string()
            .max(40)
            .regex(/^(?!(?:default|error|out)$)\S(?:.*\S)?$/)
            .meta({
              title: 'Path',
              description: 'The name of the way out on the canvas.',
              placeholder: 'paid',
              static: true,
            }),
          equals: Json.meta({ title: 'When the value equals', placeholder: 'paid' }),
        }),
      )
      .min(1)
      .max(50)
      .meta({
        title: 'Cases',
        description: 'The first that matches is taken. Numbers and text that looks like them are the same.',
      }),
  }),
  output: Json,
  outputLike: 'input',
  ports,
  portsFrom: { list: 'cases', field: 'port' },
  run({ params, input, to }) {
    const match = params.cases.find(({ equals }) =>
      holds({ left: params.value, op: 'equals', right: equals }),
    )
    return to(match?.port ?? 'default', input)
  },
  examples: [
    {
      title: 'By status of an order',
      params: {
        value: 'paid',
        cases: [
          { port: 'paid', equals: 'paid' },
          { port: 'cancelled', equals: 'cancelled' },
        ],
      },
      input: { status: 'paid' },
      output: { status: 'paid' },
      port: 'paid',
    },
    {
      title: 'Nothing matches',
      params: { value: 7, cases: [{ port: 'one', equals: '1' }] },
      input: null,
      output: null,
      port: 'default',
    },
  ],
})
