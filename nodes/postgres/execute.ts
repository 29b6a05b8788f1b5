import { defineNode, z } from '../kit/index.ts'
import { Bound, Statement } from './query.ts'
import { Reply } from './table.ts'

export const postgresExecute = defineNode({
  id: 'postgres.execute',
  version: 1,
  title: 'Run SQL in PostgreSQL',
  summary: 'Runs a statement that may change data, such as UPDATE or DELETE.',
  group: 'app',
  icon: 'database',
  connection: { kinds: ['postgres.login'], required: true },
  effect: 'once',
  timeoutMs: 60_000,
  params: z.object({ text: Statement, values: Bound }),
  output: Reply,
  run: ({ params, sql }) => sql.query({ ...params, most: 10_000, readOnly: false }),
  examples: [
    {
      title: 'Close an order',
      params: {
        text: 'UPDATE orders SET state = $2 WHERE id = $1 RETURNING id, state',
        values: [7, 'closed'],
      },
      means: { database: { rows: [{ id: 7, state: 'closed' }] } },
      output: { rows: [{ id: 7, state: 'closed' }], count: 1 },
    },
  ],
})
