import { defineNode, fail, isJsonObject, Json, JsonObject, z } from '../kit/index.ts'

export const dataSet = defineNode({
  id: 'data.set',
  version: 1,
  title: 'Set fields',
  summary: 'Makes an object with the fields you name.',
  group: 'data',
  icon: 'list-plus',
  line: 'Set {fields}',
  effect: 'none',
  params: z.object({
    fields: z
      .array(
        z.object({
          name: z.string().min(1).max(200).meta({ title: 'Name', placeholder: 'total', static: true }),
          value: Json.meta({ title: 'Value' }),
        }),
      )
      .max(500)
      .default([])
      .meta({
        title: 'Fields',
        description:
          'A name is taken as it is: a dot in it is a dot, not a path. The last of two equals wins.',
        widget: 'fields',
      }),
    keep: z
      .boolean()
      .default(false)
      .meta({ title: 'Keep the fields of the input', description: 'Adds to what comes in over the wire.' }),
  }),
  output: JsonObject,
  outputLike: { fields: 'fields', keep: 'keep' },
  run({ params, input }) {
    if (params.keep && input !== null && !isJsonObject(input)) {
      throw fail(
        'input_not_object',
        'The input has no fields to keep: it is not an object. Turn off "Keep the fields of the input".',
      )
    }
    const kept = params.keep && isJsonObject(input) ? Object.entries(input) : []
    // `fromEntries` makes own keys of any name, `__proto__` too; assigning would not.
    return Object.fromEntries([...kept, ...params.fields.map(({ name, value }) => [name, value] as const)])
  },
  examples: [
    {
      title: 'A new object',
      params: {
        fields: [
          { name: 'product', value: 'mug' },
          { name: 'quantity', value: 2 },
        ],
      },
      input: { ignored: true },
      output: { product: 'mug', quantity: 2 },
    },
    {
      title: 'Add to the input',
      params: { fields: [{ name: 'status', value: 'paid' }], keep: true },
      input: { id: 7, status: 'open' },
      output: { id: 7, status: 'paid' },
    },
    {
      title: 'Names are never paths',
      params: {
        fields: [
          { name: '__proto__', value: { polluted: true } },
          { name: 'constructor.prototype.x', value: 1 },
        ],
      },
      output: JSON.parse('{ "__proto__": { "polluted": true }, "constructor.prototype.x": 1 }'),
    },
    {
      title: 'Nothing to keep',
      params: { fields: [], keep: true },
      input: [1, 2],
      fails: 'input_not_object',
    },
  ],
})
