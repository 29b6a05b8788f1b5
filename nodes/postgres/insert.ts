import { defineNode, rowsOf, z } from '../kit/index.ts'
import { columnsOf, insertText, mostRows, Reply, Rows, Table, tableNamed, tableText } from './table.ts'

export const postgresInsert = defineNode({
  id: 'postgres.insert',
  version: 1,
  title: 'Add rows to PostgreSQL',
  summary: 'Adds rows to a table and gives them as they are then.',
  group: 'app',
  icon: 'database',
  line: 'Add to {table}',
  connection: { kinds: ['postgres.login'], required: true },
  effect: 'once',
  destination: ['table'],
  timeoutMs: 60_000,
  params: z.object({ table: Table, rows: Rows }),
  output: Reply,
  async run({ params, sql }) {
    const rows = rowsOf(params.rows, { most: mostRows })
    if (rows.length === 0) return { rows: [], count: 0 }
    const table = await tableNamed(sql, params.table)
    const { text, values } = insertText(columnsOf(table, rows), rows)
    return sql.query({
      text: `INSERT INTO ${tableText(table)} ${text} RETURNING *`,
      values,
      most: rows.length,
      readOnly: false,
    })
  },
  examples: [
    {
      title: 'Add an order',
      params: { table: 'orders', rows: { product: 'mug', quantity: 2 } },
      means: {
        database: {
          tables: [
            {
              schema: 'public',
              name: 'orders',
              primaryKey: ['id'],
              columns: [
                { name: 'id', type: 'integer', required: false },
                { name: 'product', type: 'text', required: true },
                { name: 'quantity', type: 'integer', required: true },
              ],
            },
          ],
          rows: [{ id: 8, product: 'mug', quantity: 2 }],
        },
      },
      output: { rows: [{ id: 8, product: 'mug', quantity: 2 }], count: 1 },
    },
    {
      title: 'A table that is not there',
      params: { table: 'order; DROP TABLE orders', rows: { product: 'mug' } },
      means: { database: {} },
      fails: 'unknown_table',
    },
  ],
})
