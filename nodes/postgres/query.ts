import { defineNode, Json, z } from '../kit/index.ts'
import { Reply } from './table.ts'

export const Statement = z.string().min(1).max(100_000).meta({
  title: 'SQL',
  description: 'One statement, with $1, $2 … for the values. Never put a value into the text itself.',
  placeholder: 'SELECT * FROM orders WHERE state = $1',
  widget: 'multiline',
  static: true,
})

export const Bound = z.array(Json).max(1_000).default([]).meta({
  title: 'Values',
  description: 'For $1, $2 … in this order.',
})

export const postgresQuery = defineNode({
  id: 'postgres.query',
  version: 1,
  title: 'Query PostgreSQL',
  summary: 'Runs a query that only reads, and gives its rows.',
  group: 'app',
  icon: 'database',
  connection: { kinds: ['postgres.login'], required: true },
  effect: 'read',
  retry: { attempts: 3, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    text: Statement,
    values: Bound,
    most: z.int().min(1).max(10_000).default(1_000).meta({
      title: 'At most',
      description: 'A query that gives more rows fails.',
    }),
  }),
  output: Reply,
  run: ({ params, sql }) => sql.query({ ...params, readOnly: true }),
  examples: [
    {
      title: 'Orders of a customer',
      params: { text: 'SELECT id, total FROM orders WHERE customer = $1', values: ['ada@example.com'] },
      means: { database: { rows: [{ id: 7, total: 12.5 }] } },
      output: { rows: [{ id: 7, total: 12.5 }], count: 1 },
    },
  ],
})
