import { defineNode, z } from '../kit/index.ts'
import { Column, Filters, filterQuery, pathOf, RowsOut, rowsIn, supabase, Table } from './call.ts'

export const supabaseSelect = defineNode({
  id: 'supabase.select',
  version: 1,
  title: 'Read rows from Supabase',
  summary: 'Finds rows of a table by filters.',
  group: 'app',
  icon: 'database-zap',
  line: 'Read {table}',
  connection: { kinds: ['supabase.key'], required: true },
  effect: 'read',
  retry: { attempts: 3, delayMs: 1_000 },
  params: z.object({
    table: Table,
    columns: z
      .array(Column)
      .max(200)
      .default([])
      .meta({ title: 'Columns', description: 'All of them, if empty.' }),
    filters: Filters.max(50).default([]).meta({ title: 'Where', description: 'All of them must hold.' }),
    order: z
      .array(
        z.object({
          column: Column.meta({ title: 'Column' }),
          down: z.boolean().default(false).meta({ title: 'The greatest first' }),
        }),
      )
      .max(10)
      .default([])
      .meta({ title: 'Sort by' }),
    most: z.int().min(1).max(1_000).default(100).meta({ title: 'At most' }),
    skip: z.int().min(0).default(0).meta({ title: 'Skip' }),
  }),
  output: z.object({
    rows: RowsOut,
    count: z.number().meta({ title: 'How many there are', description: 'Also those not given.' }),
  }),
  async run({ params, http }) {
    const { table, columns, filters, order, most, skip } = params
    const sorting = order.map(({ column, down }) => `${column}.${down ? 'desc' : 'asc'}`)
    const query: [string, string][] = [
      ['select', columns.length > 0 ? columns.join(',') : '*'],
      ...filterQuery(filters),
    ]
    if (sorting.length > 0) query.push(['order', sorting.join(',')])
    query.push(['limit', String(most)])
    if (skip > 0) query.push(['offset', String(skip)])
    const reply = await supabase(http)({ url: pathOf(table, query), headers: { prefer: 'count=exact' } })
    const rows = rowsIn(reply)
    const [, total] = /\/(\d+)$/.exec(reply.headers['content-range'] ?? '') ?? []
    return { rows, count: total === undefined ? rows.length : Number(total) }
  },
  examples: [
    {
      title: 'Orders that are paid',
      params: { table: 'orders', filters: [{ column: 'state', op: 'eq', value: 'paid' }], most: 2 },
      replies: {
        'GET /orders?select=*&state=eq.paid&limit=2': {
          status: 200,
          headers: { 'content-range': '0-0/1' },
          body: [{ id: 7, state: 'paid' }],
        },
      },
      output: { rows: [{ id: 7, state: 'paid' }], count: 1 },
    },
  ],
})
