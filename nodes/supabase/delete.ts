import { defineNode, z } from '../kit/index.ts'
import { Filters, filterQuery, pathOf, RowsOut, rowsIn, supabase, Table } from './call.ts'

export const supabaseDelete = defineNode({
  id: 'supabase.delete',
  version: 1,
  title: 'Delete rows in Supabase',
  summary: 'Deletes the rows that filters find, and gives them as they were.',
  group: 'app',
  icon: 'database-zap',
  line: 'Delete from {table}',
  connection: { kinds: ['supabase.key'], required: true },
  effect: 'idempotent',
  destination: ['table', 'filters'],
  retry: { attempts: 3, delayMs: 1_000 },
  params: z.object({
    table: Table,
    filters: Filters.min(1).max(50).meta({
      title: 'Where',
      description: 'All of them must hold. At least one: no table is emptied by accident.',
    }),
  }),
  output: z.object({ rows: RowsOut }),
  async run({ params, http }) {
    const reply = await supabase(http)({
      method: 'DELETE',
      url: pathOf(params.table, filterQuery(params.filters)),
      headers: { prefer: 'return=representation' },
    })
    return { rows: rowsIn(reply) }
  },
  examples: [
    {
      title: 'Drop old carts',
      params: { table: 'carts', filters: [{ column: 'age_days', op: 'gt', value: 30 }] },
      replies: {
        'DELETE /carts?age_days=gt.30': { status: 200, headers: {}, body: [{ id: 3, age_days: 41 }] },
      },
      output: { rows: [{ id: 3, age_days: 41 }] },
    },
  ],
})
