import { defineNode, Json, z } from '../kit/index.ts'

export const codeRun = defineNode({
  id: 'code.run',
  version: 1,
  title: 'Code',
  summary: 'Runs your JavaScript in a sandbox and gives what it returns.',
  group: 'data',
  icon: 'code-xml',
  line: '{code}',
  effect: 'none',
  params: z.object({
    code: z.string().max(100_000).default('return input').meta({
      title: 'JavaScript',
      description:
        'The body of a function: end it with return. It sees input and the values below, and reaches nothing else: no network, no files.',
      placeholder: 'return input.orders.length',
      widget: 'code',
      static: true,
    }),
    values: z
      .array(
        z.object({
          name: z
            .string()
            .max(63)
            .regex(/^(?!input$)[A-Za-z_$][A-Za-z0-9_$]*$/)
            .meta({ title: 'Name', placeholder: 'orders', static: true }),
          value: Json.meta({ title: 'Value' }),
        }),
      )
      .max(50)
      .default([])
      .meta({
        title: 'Values',
        description: 'Data of earlier steps, each under a name the code can use.',
        widget: 'fields',
      }),
  }),
  output: Json,
  timeoutMs: 10_000,
  async run({ params, input, runCode, log }) {
    const named = params.values.map(({ name, value }) => [name, value] as const)
    const { value, logs } = await runCode(params.code, Object.fromEntries([...named, ['input', input]]))
    for (const line of logs) log(line)
    return value
  },
  examples: [
    {
      title: 'Add up a list',
      params: { code: 'return input.reduce((sum, order) => sum + order.total, 0)' },
      input: [{ total: 40 }, { total: 2 }],
      output: 42,
    },
    {
      title: 'With named values',
      params: {
        code: 'const names = people.map((person) => person.name)\nreturn { names, count: names.length }',
        values: [{ name: 'people', value: [{ name: 'Ada' }, { name: 'Grace' }] }],
      },
      output: { names: ['Ada', 'Grace'], count: 2 },
    },
  ],
})
