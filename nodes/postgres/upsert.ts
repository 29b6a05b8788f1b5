import { defineNode, fail, rowsOf, type SqlTable, z } from '../kit/index.ts'
import {
  columnsOf,
  insertText,
  mostRows,
  noColumn,
  quoted,
  Reply,
  Rows,
  Table,
  tableNamed,
  tableText,
} from './table.ts'

export const postgresUpsert = defineNode({
  id: 'postgres.upsert',
  version: 1,
  title: 'Add or change rows in PostgreSQL',
  summary: 'Adds rows, and changes those that are there already by a unique column.',
  group: 'app',
  icon: 'database',
  line: 'Add to or change {table}',
  connection: { kinds: ['postgres.login'], required: true },
  effect: 'idempotent',
  destination: ['table'],
  retry: { attempts: 3, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    table: Table,
    rows: Rows,
    sameBy: z.array(z.string().min(1).max(63)).max(20).default([]).meta({
      title: 'Same by',
      description: 'Columns that are unique together; the primary key, if empty.',
    }),
  }),
  output: Reply,
  async run({ params, sql }) {
    const rows = rowsOf(params.rows, { most: mostRows })
    if (rows.length === 0) return { rows: [], count: 0 }
    const table = await tableNamed(sql, params.table)
    const columns = columnsOf(table, rows)
    const keys = keysOf(table, params.sameBy)
    const { text, values } = insertText(columns, rows)
    const changed = columns.filter(({ name }) => !keys.includes(name)).map(({ name }) => quoted(name))
    const set = changed.map((name) => `${name} = excluded.${name}`).join(', ')
    return sql.query({
      text:
        `INSERT INTO ${tableText(table)} ${text} ON CONFLICT (${keys.map(quoted).join(', ')}) ` +
        `${set === '' ? 'DO NOTHING' : `DO UPDATE SET ${set}`} RETURNING *`,
      values,
      most: rows.length,
      readOnly: false,
    })
  },
  examples: [
    {
      title: 'Keep a customer up to date',
      params: { table: 'customers', rows: { email: 'ada@example.com', plan: 'pro' }, sameBy: ['email'] },
      means: {
        database: {
          tables: [
            {
              schema: 'public',
              name: 'customers',
              primaryKey: ['id'],
              columns: [
                { name: 'id', type: 'integer', required: false },
                { name: 'email', type: 'text', required: true },
                { name: 'plan', type: 'text', required: false },
              ],
            },
          ],
          rows: [{ id: 1, email: 'ada@example.com', plan: 'pro' }],
        },
      },
      output: { rows: [{ id: 1, email: 'ada@example.com', plan: 'pro' }], count: 1 },
    },
  ],
})

function keysOf(table: SqlTable, named: readonly string[]): readonly string[] {
  const unknown = named.find((key) => !table.columns.some(({ name }) => name === key))
  if (unknown !== undefined) throw noColumn(table, unknown)
  const keys = named.length > 0 ? named : table.primaryKey
  if (keys.length > 0) return keys
  throw fail('invalid_params', `sameBy: The table “${table.name}” has no primary key. Name the columns.`)
}
