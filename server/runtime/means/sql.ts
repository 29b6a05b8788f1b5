import { fail } from '#nodes/kit/failure.ts'
import type { Means } from '#nodes/kit/means.ts'
import { sqlOf } from './sql-connection.ts'
import type { StepAbout } from './step-about.ts'

type Place = Pick<StepAbout, 'tenantId' | 'node' | 'definition' | 'door' | 'signal'>

/** `ctx.sql` of one step: the database of its connection. */
export function sqlFor({ tenantId, node, definition, door, signal }: Place): Means['sql'] {
  const kinds = definition.connection?.kinds ?? []
  const database = () => {
    if (!node.connection) throw fail('connection_missing', 'Choose a database for this step.')
    return sqlOf(door, { tenantId, id: node.connection, kinds, signal })
  }
  return { query: async (about) => database().query(about), tables: async () => database().tables() }
}
