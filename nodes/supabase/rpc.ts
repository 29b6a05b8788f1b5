import { defineNode, fail, isJsonObject, Json, sendOnce, z } from '../kit/index.ts'
import { pathOf, supabase } from './call.ts'

export const supabaseCall = defineNode({
  id: 'supabase.call',
  version: 1,
  title: 'Call a Supabase function',
  summary: 'Calls a function of the database (RPC) and gives what it returns.',
  group: 'app',
  icon: 'database-zap',
  line: 'Call {name}',
  connection: { kinds: ['supabase.key'], required: true },
  effect: 'once',
  destination: ['name'],
  retry: { attempts: 3, delayMs: 1_000 },
  params: z.object({
    name: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_$]{0,62}$/, 'The name of a function: letters, digits and _')
      .meta({ title: 'Function', placeholder: 'close_month' }),
    args: Json.default({}).meta({
      title: 'Arguments',
      description: 'An object with their names as keys.',
      placeholder: '{ "month": "2026-01" }',
      widget: 'json',
    }),
  }),
  output: z.object({ result: Json.meta({ title: 'Result' }) }),
  async run({ params, http }) {
    if (!isJsonObject(params.args))
      throw fail('invalid_params', 'args: Give an object with the names as keys.')
    const url = pathOf(`rpc/${params.name}`, [])
    const { body } = await supabase(sendOnce(http))({ method: 'POST', url, body: params.args })
    return { result: body === '' ? null : body }
  },
  examples: [
    {
      title: 'A sum',
      params: { name: 'total_of', args: { customer: 7 } },
      replies: { 'POST /rpc/total_of': { status: 200, headers: {}, body: 42 } },
      output: { result: 42 },
    },
  ],
})
