import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { type Table, tables } from '../test/catalogue.ts'
import { testDatabases } from '../test/databases.ts'
import { aRowInEach, insertOf, madeUpRow, type Row } from '../test/rows.ts'

// The exact list of tables without row-level security: people and memberships, which only trama_auth can touch.
const peopleTables = ['account', 'invitation', 'member', 'session', 'user', 'verification']
/** Unique over all tenants on purpose. */
const globalKeys: Record<string, string[][]> = { api_key: [['hash']] }
/** What the engine may touch without a tenant. */
const runTables = [
  'run',
  'run_event',
  'schedule',
  'task',
  'poll',
  'tenant_limit',
  'usage_day',
  'alert_rule',
  'alert',
  'bulk_job',
  'schedule_miss',
  'tenant_turn',
  'gate',
]

const { owner, urls } = await testDatabases()
/** What the engine writes with that tenant set, and only then. */
const workTables = ['audit_entry', 'conversation_message', 'file', 'state_entry', 'step_cache']
/** Of the whole installation: no tenant's, and none of their data. */
const installationTables = ['installation', 'process']
const everyTable = await tables(owner)
const all = everyTable.filter(({ name }) => !installationTables.includes(name))
const tenantTables = all.filter(({ name }) => !peopleTables.includes(name) && name !== 'tenant')
const ours = await aRowInEach(owner, all)
const theirs = await aRowInEach(owner, all)
const ourTenant = String(ours.tenant?.id)

const pools = { app: pool(urls.app), engine: pool(urls.engine), auth: pool(urls.auth) }
afterAll(() => Promise.all(Object.values(pools).map((one) => one.end())))
function pool(connectionString: string) {
  return new pg.Pool({ connectionString, max: 1 })
}

/** What a statement does to how many rows, or the code it is refused with. The work is undone. */
async function attempt(
  role: keyof typeof pools,
  statement: { text: string; values?: unknown[] },
  tenantId?: string,
): Promise<number | string> {
  const client = await pools[role].connect()
  try {
    await client.query('BEGIN')
    if (tenantId !== undefined) await client.query("SELECT set_config('app.tenant', $1, true)", [tenantId])
    const { rowCount } = await client.query(statement)
    return rowCount ?? 0
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code) return error.code
    throw error
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

const denied = '42501'
const quoted = (table: Table) => pg.escapeIdentifier(table.name)
const rowOf = (rows: Record<string, Row>, table: Table) => rows[table.name] ?? {}
const seen = (table: Table) => ({ text: `SELECT tenant_id FROM ${quoted(table)}` })
const deletionOf = (table: Table, row: Row) => ({
  text: `DELETE FROM ${quoted(table)} WHERE tenant_id = $1`,
  values: [row.tenant_id],
})
const changeOf = (table: Table, row: Row) => {
  const column =
    table.columns.find(({ name, type }) => type === 'text' && name !== 'tenant_id')?.name ?? 'tenant_id'
  return {
    text: `UPDATE ${quoted(table)} SET ${column} = ${column} WHERE tenant_id = $1`,
    values: [row.tenant_id],
  }
}

test('every table is a tenant’s, or in the list', () => {
  const strays = everyTable.filter(({ columns }) => !columns.some(({ name }) => name === 'tenant_id'))
  expect(strays.map(({ name }) => name).sort()).toEqual([
    'account',
    ...installationTables,
    'session',
    'tenant',
    'user',
    'verification',
  ])
  expect(tenantTables.length).toBeGreaterThan(7)
})

describe.each(tenantTables.map((table) => ({ name: table.name, table })))('$name', ({ table }) => {
  test('is guarded by row-level security, also against its owner', () => {
    expect(table).toMatchObject({ rowSecurity: true, forced: true })
  })

  test('has keys that begin with the tenant', () => {
    expect(table.primaryKey[0]).toBe('tenant_id')
    if (!['tenant_limit', 'tenant_turn'].includes(table.name))
      expect(table.primaryKey.length).toBeGreaterThan(1)
    const shared = table.uniqueKeys.filter(([first]) => first !== 'tenant_id')
    expect(shared).toEqual(globalKeys[table.name] ?? [])
  })

  test('refers to nothing outside its tenant', () => {
    expect(table.foreignKeys.length).toBeGreaterThan(0)
    for (const key of table.foreignKeys) {
      expect(key.columns[0]).toBe('tenant_id')
      expect(key.references[0]).toBe(key.table === 'tenant' ? 'id' : 'tenant_id')
    }
  })

  test('shows a tenant its own row only, and without a tenant none', async () => {
    expect(await attempt('app', seen(table), ourTenant)).toBe(1)
    expect(await attempt('app', seen(table), '')).toBe(0)
    expect(await attempt('app', seen(table), 'nobody')).toBe(0)
    expect(await attempt('app', seen(table))).toBe(0)
  })

  test('takes no row for another tenant', async () => {
    const row = madeUpRow(table, theirs)
    expect(await attempt('app', insertOf(table, row), ourTenant)).toBe(denied)
    expect(await attempt('app', insertOf(table, row))).toBe(denied)
  })

  test('lets nobody change or delete another tenant’s row', async () => {
    for (const statement of [
      changeOf(table, rowOf(theirs, table)),
      deletionOf(table, rowOf(theirs, table)),
    ]) {
      expect([0, denied]).toContain(await attempt('app', statement, ourTenant))
      expect([0, denied]).toContain(await attempt('app', statement))
    }
  })

  test('refuses a row of ours that points to theirs', async () => {
    for (const key of table.foreignKeys.filter((one) => one.table !== 'tenant')) {
      const row = {
        ...madeUpRow(table, { ...ours, [key.table]: theirs[key.table] ?? {} }),
        tenant_id: ourTenant,
      }
      // Asked of the superuser, whom no policy stops: the foreign key does.
      await expect(owner.query(insertOf(table, row))).rejects.toMatchObject({ code: '23503' })
    }
  })

  test('shows the engine another tenant’s rows only if it is of runs', async () => {
    const both = runTables.includes(table.name)
    const answers = [await attempt('engine', seen(table)), await attempt('engine', seen(table), ourTenant)]
    if (both) expect(answers).toEqual([2, 2])
    else
      expect([
        [0, 1],
        [denied, denied],
      ]).toContainEqual(answers)
  })

  test('takes nothing from the engine unless it is of runs', async () => {
    const statements = [
      insertOf(table, madeUpRow(table, theirs)),
      changeOf(table, rowOf(theirs, table)),
      deletionOf(table, rowOf(theirs, table)),
    ]
    for (const statement of statements.slice(runTables.includes(table.name) ? 2 : 0)) {
      if (workTables.includes(table.name))
        expect([0, denied]).toContain(await attempt('engine', statement, ourTenant))
      else expect(await attempt('engine', statement, String(theirs.tenant?.id))).toBe(denied)
    }
  })

  test('is out of reach of the role that knows people', async () => {
    expect(await attempt('auth', seen(table))).toBe(denied)
  })
})

describe.each(peopleTables)('%s', (name) => {
  test.each(['app', 'engine'] as const)('is out of reach of %s', async (role) => {
    const table = pg.escapeIdentifier(name)
    for (const text of [`SELECT id FROM ${table}`, `DELETE FROM ${table}`, `UPDATE ${table} SET id = id`]) {
      expect(await attempt(role, { text }, ourTenant)).toBe(denied)
    }
  })
})

test('of tenants, each sees its own', async () => {
  const statement = { text: 'SELECT id, name, slug FROM tenant' }
  for (const role of ['app', 'engine'] as const) {
    expect(await attempt(role, statement, ourTenant)).toBe(1)
    expect(await attempt(role, statement)).toBe(0)
  }
  expect(await attempt('app', { text: 'UPDATE tenant SET name = name' }, ourTenant)).toBe(denied)
})
