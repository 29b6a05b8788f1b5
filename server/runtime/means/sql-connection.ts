import { z } from 'zod'
import { fail } from '#nodes/kit/failure.ts'
import type { Sql } from '#nodes/kit/means.ts'
import { type PostgresLogin, postgresTables, queryPostgres } from '#server/drivers/postgres.ts'
import type { ConnectionDoor, Which } from '../connection-door.ts'
import { socketsOf } from '../connection-sockets.ts'
import { liveConnection } from '../live-connection.ts'

/** As `postgres.login` keeps it: fields are texts. */
const Login = z.object({
  host: z.string(),
  port: z.coerce.number().int(),
  database: z.string(),
  user: z.string(),
  password: z.string(),
  tls: z.enum(['verify', 'encrypt', 'off']),
  ca: z.string().optional(),
}) satisfies z.ZodType<PostgresLogin>

/** The database of a connection. */
export function sqlOf(
  door: ConnectionDoor,
  about: Which & { kinds: readonly string[]; signal: AbortSignal },
): Sql {
  const database = async () => {
    const { fields } = await liveConnection(door, about)
    const login = Login.safeParse(fields)
    if (!login.success) throw fail('connection_wrong_kind', 'The connection of this step is not a database')
    return { login: login.data, connect: socketsOf(door), signal: about.signal }
  }
  return {
    query: async (statement) => queryPostgres(await database(), statement),
    tables: async () => postgresTables(await database()),
  }
}
