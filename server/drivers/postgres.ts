import type { Socket } from 'node:net'
import pg from 'pg'
import { z } from 'zod'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { SqlReply, SqlTable } from '#nodes/kit/means.ts'
import type { Connects } from './opens-sockets.ts'
import { asSqlFailure } from './postgres-failures.ts'
import { jsonOf, types } from './postgres-values.ts'

export interface PostgresLogin {
  host: string
  port: number
  database: string
  user: string
  password: string
  /** `verify` the server's certificate, only `encrypt`, or nothing at all. */
  tls: 'verify' | 'encrypt' | 'off'
  /** The certificate authority of the server, as PEM. */
  ca?: string
}

export interface Database {
  login: PostgresLogin
  connect: Connects
  signal: AbortSignal
}

export const sqlLimits = { rows: 10_000, bytes: 10 * 1024 * 1024, statementMs: 300_000 } as const

interface Statement {
  text: string
  values: readonly Json[]
  most: number
  readOnly: boolean
}

/** One statement, in a connection of its own. Values go beside the text and never in it. */
export async function queryPostgres(database: Database, about: Statement): Promise<SqlReply> {
  return withClient(database, async (client, socket) => {
    if (about.readOnly) await client.query('BEGIN TRANSACTION READ ONLY')
    const reply = await rowsOf(client, socket, about)
    if (about.readOnly) await client.query('ROLLBACK')
    return reply
  })
}

/** Rows one after another, and no further than the limits: what is asked for may be a whole table. */
function rowsOf(client: pg.Client, socket: Socket, about: Statement): Promise<SqlReply> {
  const most = Math.min(about.most, sqlLimits.rows)
  const before = socket.bytesRead
  return new Promise((resolve, reject) => {
    const rows: SqlReply['rows'] = []
    // One statement at a time, also without values: several could end the transaction that only reads.
    const config = { text: about.text, types, queryMode: 'extended' }
    const query = client.query(new pg.Query(config, [...about.values]))
    const stop = (error: StepFailure) => {
      reject(error)
      socket.destroy()
    }
    query.on('row', (row: object) => {
      if (rows.length >= most)
        return stop(fail('too_many_rows', `The query gives more than ${most} rows. Add a LIMIT.`))
      if (socket.bytesRead - before > sqlLimits.bytes)
        return stop(
          fail('response_too_large', 'The query gives more than 10 MB. Choose fewer columns or rows.'),
        )
      rows.push(rowOf(row))
    })
    query.on('error', reject)
    query.on('end', (result: { rowCount: number | null }) =>
      resolve({ rows, count: result.rowCount ?? rows.length }),
    )
  })
}

const rowOf = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, jsonOf(value)]))

const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
    json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL),
      'required', a.attnotnull AND NOT a.atthasdef AND a.attidentity = '') ORDER BY a.attnum) AS columns,
    coalesce((SELECT json_agg(k.attname) FROM pg_index i JOIN pg_attribute k
      ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary), '[]') AS "primaryKey"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
    AND has_table_privilege(c.oid, 'SELECT, INSERT')
  GROUP BY n.nspname, c.relname, c.oid ORDER BY n.nspname, c.relname LIMIT 2000`

const Tables = z.array(
  z.object({
    schema: z.string(),
    name: z.string(),
    columns: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })),
    primaryKey: z.array(z.string()),
  }),
)

/** The tables the login may read or add to, as the database's own catalogue has them. */
export async function postgresTables(database: Database): Promise<SqlTable[]> {
  return withClient(database, async (client) => Tables.parse((await client.query(TABLES)).rows))
}

async function withClient<T>(
  { login, connect, signal }: Database,
  work: (client: pg.Client, socket: Socket) => Promise<T>,
): Promise<T> {
  const socket = await connect({ host: login.host, port: login.port, protocol: 'postgres', signal })
  const client = new pg.Client({
    host: login.host,
    port: login.port,
    database: login.database,
    user: login.user,
    // As text it would, when empty, be looked for in the environment of this process.
    password: () => login.password,
    ssl: sslOf(login),
    stream: () => connectedAlready(socket),
    application_name: 'Trama',
    connectionTimeoutMillis: 15_000,
    statement_timeout: sqlLimits.statementMs,
  })
  // A connection that breaks fails the query; without a listener it would end the process too.
  client.on('error', () => undefined)
  const leave = () => socket.destroy()
  signal.addEventListener('abort', leave, { once: true })
  try {
    await client.connect()
    return await work(client, socket)
  } catch (error) {
    if (error instanceof StepFailure) throw error
    throw asSqlFailure(error, login.host)
  } finally {
    signal.removeEventListener('abort', leave)
    await client.end().catch(() => undefined)
    socket.destroy()
  }
}

/** `pg` asks its stream to connect; this one was connected, by the guard. */
function connectedAlready(socket: Socket): Socket {
  return Object.assign(socket, {
    connect: () => {
      process.nextTick(() => socket.emit('connect'))
      return socket
    },
  })
}

function sslOf({ tls, host, ca }: PostgresLogin) {
  switch (tls) {
    case 'off':
      return false
    case 'encrypt':
      return { rejectUnauthorized: false, host }
    case 'verify':
      return { rejectUnauthorized: true, host, ...(ca ? { ca } : {}) }
  }
  return tls satisfies never
}
