import { defineNode, fail, isJsonObject, z } from '../kit/index.ts'
import { Filters, filterQuery, pathOf, RowsOut, rowsIn, supabase, Table, Values } from './call.ts'

export const supabaseUpdate = defineNode({
  id: 'supabase.update',
  version: 1,
  title: 'Change rows in Supabase',
  summary: 'Changes the rows that filters find.',
  group: 'app',
  icon: 'database-zap',
  line: 'Change {table}',
  connection: { kinds: ['supabase.key'], required: true },
  effect: 'idempotent',
  destination: ['table', 'filters'],
  retry: { attempts: 3, delayMs: 1_000 },
  params: z.object({
    table: Table,
    filters: Filters.min(1).max(50).meta({ title: 'Where', description: 'All of them must hold.' }),
    values: Values,
  }),
  output: z.object({ rows: RowsOut }),
  async run({ params, http }) {
    const { table, filters, values } = params
    if (!isJsonObject(values) || Object.keys(values).length === 0)
      throw fail('invalid_params', 'values: Give an object with the columns to change as keys.')
    const reply = await supabase(http)({
      method: 'PATCH',
      url: pathOf(table, filterQuery(filters)),
      headers: { prefer: 'return=representation' },
      body: values,
    })
    return { rows: rowsIn(reply) }
  },
  examples: [
    {
      title: 'Mark an order as paid',
      params: {
        table: 'orders',
        filters: [{ column: 'id', op: 'eq', value: 7 }],
        values: { state: 'paid' },
      },
      replies: {
        'PATCH /orders?id=eq.7': { status: 200, headers: {}, body: [{ id: 7, state: 'paid' }] },
      },
      output: { rows: [{ id: 7, state: 'paid' }] },
    },
  ],
})
