import { defineNode, rowsOf, z } from '../kit/index.ts'
import { Column, mostRows, pathOf, Rows, RowsOut, rowsIn, supabase, Table, unevenRows } from './call.ts'

export const supabaseUpsert = defineNode({
  id: 'supabase.upsert',
  version: 1,
  title: 'Add or change rows in Supabase',
  summary: 'Adds rows, and changes those that are there already by a unique column.',
  group: 'app',
  icon: 'database-zap',
  line: 'Add to or change {table}',
  connection: { kinds: ['supabase.key'], required: true },
  effect: 'idempotent',
  destination: ['table'],
  retry: { attempts: 3, delayMs: 1_000 },
  params: z.object({
    table: Table,
    rows: Rows,
    sameBy: z.array(Column).max(20).default([]).meta({
      title: 'Same by',
      description: 'Columns that are unique together; the primary key, if empty.',
    }),
    present: z
      .enum(['change', 'keep'])
      .default('change')
      .meta({ title: 'What is there already', options: { change: 'Is changed', keep: 'Stays as it is' } }),
  }),
  output: z.object({ rows: RowsOut }),
  async run({ params, http }) {
    const { table, sameBy, present } = params
    const rows = rowsOf(params.rows, { most: mostRows })
    if (rows.length === 0) return { rows: [] }
    const resolution = present === 'change' ? 'merge-duplicates' : 'ignore-duplicates'
    const { query, prefer } = unevenRows(rows)
    const on: [string, string][] = sameBy.length > 0 ? [['on_conflict', sameBy.join(',')]] : []
    const reply = await supabase(http)({
      method: 'POST',
      url: pathOf(table, [...on, ...query]),
      headers: { prefer: `resolution=${resolution},return=representation${prefer}` },
      body: rows,
    })
    return { rows: rowsIn(reply) }
  },
  examples: [
    {
      title: 'Keep a customer up to date',
      params: { table: 'customers', rows: { email: 'ada@example.com', plan: 'pro' }, sameBy: ['email'] },
      replies: {
        'POST /customers?on_conflict=email': {
          status: 201,
          headers: {},
          body: [{ id: 1, email: 'ada@example.com', plan: 'pro' }],
        },
      },
      output: { rows: [{ id: 1, email: 'ada@example.com', plan: 'pro' }] },
    },
  ],
})
