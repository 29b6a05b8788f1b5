// Compile-time checks that authors get errors where they should. Nothing imports this; `tsc` reads it.
import { type AnyStep, defineNode, Json, z } from './kit/index.ts'

const words = { version: 1, title: '', summary: '', group: 'data', icon: 'box', effect: 'none' } as const

defineNode({
  ...words,
  id: 'a.wrong_output',
  params: z.object({ n: z.number() }),
  output: z.object({ doubled: z.number() }),
  // @ts-expect-error wrong output shape
  run: ({ params }) => ({ doubled: String(params.n) }),
  examples: [],
})

defineNode({
  ...words,
  id: 'a.unknown_param',
  params: z.object({ n: z.number() }),
  output: Json,
  // @ts-expect-error unknown param
  run: ({ params }) => params.nope,
  examples: [],
})

defineNode({
  ...words,
  id: 'a.unknown_port',
  params: z.object({}),
  output: z.string(),
  ports: ['yes', 'no'],
  // @ts-expect-error unknown port
  run: ({ to }) => to('maybe', 'x'),
  examples: [],
})

defineNode({
  ...words,
  id: 'a.no_port',
  params: z.object({}),
  output: z.string(),
  ports: ['yes', 'no'],
  // @ts-expect-error a node with named ports says by which it leaves
  run: () => 'x',
  examples: [],
})

defineNode({
  ...words,
  id: 'a.not_json',
  params: z.object({}),
  output: Json,
  // @ts-expect-error a step gives JSON
  run: () => new Date(),
  examples: [],
})

const union = defineNode({
  ...words,
  id: 'a.union',
  params: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('json'), body: Json }),
    z.object({ kind: z.literal('form'), fields: z.record(z.string(), z.string()) }),
  ]),
  output: z.number(),
  run: ({ params }) => (params.kind === 'form' ? Object.keys(params.fields).length : 0),
  // @ts-expect-error an example is valid input
  examples: [{ title: '', params: { kind: 'form', body: 1 }, output: 0 }],
})

defineNode({
  ...words,
  id: 'a.example_outcome',
  params: z.object({}),
  output: z.number(),
  run: () => 1,
  // @ts-expect-error an example has an output or fails, not both
  examples: [{ title: '', params: {}, output: 0, fails: 'broken' }],
})

/** What an author defines fits the catalog without a cast. */
export const assignable: AnyStep = union
