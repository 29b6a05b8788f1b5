import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { parseUrl, quoted, runOn } from './connection.mjs'

const CHAR_OID = 18
const TEXT_OID = 25

/** The engine's introspection reads pg_catalog's `"char"`, a type that adapter-pg refuses: we pass it as text and name it after. */
function acceptChar(queryable) {
  const performIO = queryable.performIO.bind(queryable)
  const queryRaw = queryable.queryRaw.bind(queryable)
  let charColumns = []
  queryable.performIO = async (query) => {
    const result = await performIO(query)
    const fields = result.fields ?? []
    charColumns = fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []))
    for (const index of charColumns) fields[index].dataTypeID = TEXT_OID
    return result
  }
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  return queryable
}

async function open({ schema, ...config }, whenClosed) {
  // One connection: the engine takes a session lock and relies on session state.
  const pool = new pg.Pool({ ...config, max: 1 })
  pool.on('error', () => {})
  const adapter = await new PrismaPg(pool, { schema: schema ?? 'public' }).connect()
  // adapter-pg splits scripts on ";", which breaks $$ bodies; the native engine sends one simple query.
  adapter.executeScript = (script) =>
    pool.query(script).then(
      () => undefined,
      (error) => adapter.onError(error),
    )
  acceptChar(adapter)
  const startTransaction = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (isolation) => acceptChar(await startTransaction(isolation))
  adapter.dispose = async () => {
    await pool.end()
    await whenClosed?.()
  }
  return adapter
}

/** What the engine asks for a database, and for an empty shadow of it. */
export function adapterFactory(datasource) {
  const config = parseUrl(datasource.url)

  async function openShadow() {
    if (datasource.shadowDatabaseUrl) {
      const adapter = await open(parseUrl(datasource.shadowDatabaseUrl))
      await adapter.executeScript('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;')
      return adapter
    }
    const { schema: _, ...main } = config
    const database = `prisma_migrate_shadow_db_${randomUUID()}`
    await runOn(main, `CREATE DATABASE ${quoted(database)}`)
    return open({ ...config, database }, () =>
      runOn(main, `DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`),
    )
  }

  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(config),
    connectToShadowDb: openShadow,
  }
}
