import { defineNode, rowsOf, sendOnce, z } from '../kit/index.ts'
import { mostRows, pathOf, Rows, RowsOut, rowsIn, supabase, Table, unevenRows } from './call.ts'

export const supabaseInsert = defineNode({
  id: 'supabase.insert',
  version: 1,
  title: 'Add rows to Supabase',
  summary: 'Adds rows to a table and gives them as they are then.',
  group: 'app',
  icon: 'database-zap',
  line: 'Add to {table}',
  connection: { kinds: ['supabase.key'], required: true },
  effect: 'once',
  destination: ['table'],
  retry: { attempts: 3, delayMs: 1_000 },
  params: z.object({ table: Table, rows: Rows }),
  output: z.object({ rows: RowsOut }),
  async run({ params, http }) {
    const rows = rowsOf(params.rows, { most: mostRows })
    if (rows.length === 0) return { rows: [] }
    const { query, prefer } = unevenRows(rows)
    const reply = await supabase(sendOnce(http))({
      method: 'POST',
      url: pathOf(params.table, query),
      headers: { prefer: `return=representation${prefer}` },
      body: rows,
    })
    return { rows: rowsIn(reply) }
  },
  examples: [
    {
      title: 'Add an order',
      params: { table: 'orders', rows: { product: 'mug', quantity: 2 } },
      replies: {
        'POST /orders': { status: 201, headers: {}, body: [{ id: 8, product: 'mug', quantity: 2 }] },
      },
      output: { rows: [{ id: 8, product: 'mug', quantity: 2 }] },
    },
  ],
})
