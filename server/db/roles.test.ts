import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aMember, anApiKey, aTenant, aWorkflow } from '../test/factories.ts'
import { newId } from './id.ts'

const { owner, urls } = await testDatabases()

/** What one statement answers a login of ours: its rows, or the code it was refused with. */
async function as(role: 'app' | 'auth' | 'engine' | 'admin', text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: urls[role] })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code
    throw error
  } finally {
    await client.end()
  }
}

const denied = '42501'
const ours = `SELECT oid FROM pg_roles WHERE rolname LIKE 'trama%'`

test('no role of ours owns a table, is above the policies, or makes roles and databases', async () => {
  const owned = await owner.query(`SELECT relname FROM pg_class WHERE relowner IN (${ours})`)
  expect(owned.rows).toEqual([])
  const mighty = await owner.query(
    `SELECT rolname FROM pg_roles WHERE oid IN (${ours}) AND
       (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)`,
  )
  expect(mighty.rows).toEqual([])
})

test('nobody can log in as a group, and the resolver has no members', async () => {
  const groups = await owner.query(
    `SELECT rolname FROM pg_roles WHERE rolname ~ '^trama_(admin|app|auth|engine|resolver)$' AND NOT rolcanlogin ORDER BY 1`,
  )
  expect(groups.rows.map(({ rolname }) => rolname)).toEqual([
    'trama_admin',
    'trama_app',
    'trama_auth',
    'trama_engine',
    'trama_resolver',
  ])
  const members = await owner.query(
    `SELECT member::regrole FROM pg_auth_members WHERE roleid = 'trama_resolver'::regrole`,
  )
  expect(members.rows).toEqual([])
})

// Everything a role may do to a table, by hand: one more right has to be given here too, on purpose.
// `- x` is all columns but x, `: x` only x.
const everything = ['DELETE', 'INSERT', 'SELECT', 'UPDATE']
const rights: Record<string, Record<string, string[]>> = {
  trama_app: {
    tenant: ['SELECT'],
    workflow: everything,
    hook: everything,
    schedule: everything,
    workflow_version: ['INSERT', 'SELECT'],
    run: ['SELECT'],
    run_event: ['SELECT'],
    connection: ['DELETE', 'INSERT', 'SELECT - sealed', 'UPDATE'],
    task: ['SELECT'],
    poll: everything,
    usage_day: ['SELECT'],
    tenant_limit: ['SELECT'],
    installation: ['SELECT'],
    state_entry: ['DELETE', 'SELECT'],
    conversation_message: ['DELETE', 'SELECT'],
    alert: ['SELECT'],
    schedule_miss: ['SELECT'],
    tenant_turn: ['SELECT'],
    gate: ['SELECT'],
    step_cache: ['DELETE', 'SELECT'],
    file: ['INSERT', 'SELECT'],
    audit_entry: ['INSERT', 'SELECT'],
    library_item: everything,
    library_share: everything,
    library_version: ['INSERT', 'SELECT'],
    install: everything,
    alert_rule: everything,
    oauth_state: ['DELETE', 'INSERT', 'SELECT', 'UPDATE : used_at'],
    bulk_job: ['INSERT', 'SELECT', 'UPDATE : finished_at status'],
    api_key: ['DELETE', 'INSERT', 'SELECT - hash', 'UPDATE : last_used_at name revoked_at'],
  },
  trama_auth: Object.fromEntries(
    ['user', 'session', 'account', 'verification', 'tenant', 'member', 'invitation'].map((name) => [
      name,
      everything,
    ]),
  ),
  trama_engine: {
    tenant: ['SELECT : id name slug'],
    workflow: ['SELECT : id name paused_at published_version tenant_id'],
    workflow_version: ['SELECT'],
    connection: ['SELECT', 'UPDATE : account expires_at sealed status trouble'],
    task: ['INSERT', 'SELECT', 'UPDATE'],
    file: ['INSERT', 'SELECT'],
    conversation_message: ['INSERT', 'SELECT'],
    audit_entry: ['INSERT', 'SELECT'],
    state_entry: everything,
    poll: ['SELECT', 'UPDATE : cursor failure failures lease_until next_at'],
    tenant_limit: ['SELECT'],
    installation: ['SELECT', 'UPDATE : usage_until'],
    process: everything,
    usage_day: ['INSERT', 'SELECT', 'UPDATE'],
    alert: ['INSERT', 'SELECT', 'UPDATE'],
    alert_rule: ['SELECT', 'UPDATE : last_raised_at'],
    bulk_job: ['SELECT', 'UPDATE : cursor done finished_at lease_until refused status'],
    run: [
      'INSERT',
      'SELECT',
      'UPDATE - actor created_at depth document id input ordering_key parent_run_id parent_task_id replay_from replay_of started_by tenant_id trigger_key version workflow_id',
    ],
    run_event: ['INSERT', 'SELECT'],
    schedule: ['SELECT', 'UPDATE : next_at'],
    schedule_miss: ['INSERT', 'SELECT'],
    tenant_turn: ['INSERT', 'SELECT', 'UPDATE'],
    gate: ['INSERT', 'SELECT', 'UPDATE'],
    step_cache: everything,
  },
  trama_admin: {
    tenant: ['SELECT - logo metadata'],
    workflow: ['SELECT : id name paused_at published_version tenant_id'],
    run: [
      'SELECT : cost_usd created_at failure_key finished_at id input_tokens lease_until output_tokens started_at started_by status tenant_id version wake_at workflow_id',
    ],
    library_item: ['SELECT', 'UPDATE : icon latest_version name summary tags updated_at visibility'],
    library_version: ['SELECT', 'UPDATE : review review_note reviewed_at reviewed_by'],
    usage_day: ['SELECT'],
    process: ['SELECT'],
    alert: ['SELECT'],
    tenant_limit: ['INSERT', 'SELECT', 'UPDATE'],
    installation: ['INSERT', 'SELECT', 'UPDATE'],
    audit_entry: ['INSERT', 'SELECT'],
  },
  trama_resolver: {
    tenant: ['SELECT : id name slug'],
    library_item: ['SELECT : latest_version tenant_id visibility withdrawn_at'],
    member: ['SELECT - created_at id'],
    hook: ['SELECT - id'],
    api_key: ['SELECT - created_at last_used_at name prefix'],
    install: ['SELECT : item_id publisher_id tenant_id version'],
  },
}

test.each(Object.entries(rights))('%s may do exactly what is listed', async (role, expected) => {
  const { rows } = await owner.query(
    `SELECT c.relname AS "table", p.privilege,
       has_table_privilege($1, c.oid, p.privilege) AS whole,
       (SELECT json_agg(json_build_object('name', a.attname, 'may',
          p.privilege <> 'DELETE' AND has_column_privilege($1, c.oid, a.attnum, p.privilege)) ORDER BY a.attname)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
     FROM pg_class c, unnest(ARRAY['DELETE', 'INSERT', 'SELECT', 'UPDATE']) p(privilege)
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     ORDER BY 1, 2`,
    [role],
  )
  const found: Record<string, string[]> = {}
  for (const { table, privilege, whole, columns } of rows) {
    const names = (may: boolean) =>
      columns.filter((one: { may: boolean }) => one.may === may).map(({ name }: { name: string }) => name)
    const right = whole ? privilege : described({ privilege, may: names(true), mayNot: names(false) })
    if (right) found[table] = [...(found[table] ?? []), right]
  }
  expect(found).toEqual(expected)
})

function described(about: { privilege: string; may: string[]; mayNot: string[] }): string | null {
  if (about.may.length === 0) return null
  const most = about.may.length > about.mayNot.length
  return `${about.privilege} ${most ? '-' : ':'} ${(most ? about.mayNot : about.may).join(' ')}`
}

test('no role of ours may empty a table, add triggers, or create in the schema', async () => {
  const { rows } = await owner.query(
    `SELECT r.rolname, c.relname FROM pg_roles r, pg_class c
     WHERE r.oid IN (${ours}) AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND (has_table_privilege(r.oid, c.oid, 'TRUNCATE') OR has_table_privilege(r.oid, c.oid, 'TRIGGER')
         OR has_any_column_privilege(r.oid, c.oid, 'REFERENCES'))`,
  )
  expect(rows).toEqual([])
  const creators = await owner.query(
    `SELECT rolname FROM pg_roles WHERE oid IN (${ours}) AND has_schema_privilege(oid, 'public', 'CREATE')`,
  )
  expect(creators.rows).toEqual([])
})

describe('the functions that see past a tenant', () => {
  test('are the only ones that see past the policies, and run with no path of the caller', async () => {
    const { rows } = await owner.query(
      `SELECT p.proname, p.proowner::regrole::text AS owner, p.proconfig::text AS config,
         has_function_privilege('trama_app', p.oid, 'EXECUTE') AS app,
         has_function_privilege('trama_engine', p.oid, 'EXECUTE') AS engine,
         has_function_privilege('trama_auth', p.oid, 'EXECUTE') AS auth
       FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace ORDER BY 1`,
    )
    const common = {
      owner: 'trama_resolver',
      config: '{"search_path=\\"\\""}',
      app: true,
      engine: false,
      auth: false,
    }
    expect(rows).toEqual([
      { proname: 'count_installs', ...common },
      { proname: 'name_publishers', ...common },
      { proname: 'resolve_api_key', ...common },
      { proname: 'resolve_hook', ...common },
    ])
  })

  test('a hook is found by its exact address, and its method goes before ANY', async () => {
    const { tenant } = await aTenant()
    const workflow = await aWorkflow({ tenantId: tenant.id, publish: true })
    for (const [method, nodeKey] of [
      ['ANY', 'any'],
      ['POST', 'post'],
    ]) {
      await owner.query(
        `INSERT INTO hook (tenant_id, id, workflow_id, version, node_key, method, path, answer)
         VALUES ($1, $2, $3, 1, $4, $5, 'orders', 'at_once')`,
        [tenant.id, newId(), workflow.id, nodeKey, method],
      )
    }
    const find = (slug: string, method: string, path: string) =>
      as('app', 'SELECT * FROM resolve_hook($1, $2, $3)', [slug, method, path])
    const found = {
      tenant_id: tenant.id,
      workflow_id: workflow.id,
      version: 1,
      answer: 'at_once',
      kind: 'webhook',
    }
    expect(await find(tenant.slug, 'POST', 'orders')).toEqual([{ ...found, node_key: 'post' }])
    expect(await find(tenant.slug, 'GET', 'orders')).toEqual([{ ...found, node_key: 'any' }])
    for (const [slug, path] of [
      [tenant.slug, 'Orders'],
      [tenant.slug, 'orders/'],
      [tenant.slug, '%'],
      ['nobody', 'orders'],
    ] as const) {
      expect(await find(slug, 'POST', path)).toEqual([])
    }
  })

  test('a key tells its tenant, its maker and what it may do, and nothing else', async () => {
    const { tenant } = await aTenant()
    const admin = await aMember({ tenant, role: 'admin' })
    const { id } = await anApiKey({ member: admin, scopes: ['run.read'] })
    const { rows } = await owner.query('SELECT hash FROM api_key WHERE id = $1', [id])
    expect(await as('app', 'SELECT * FROM resolve_api_key($1)', [rows[0].hash])).toEqual([
      {
        tenant_id: tenant.id,
        slug: tenant.slug,
        id,
        scopes: ['run.read'],
        maker: admin.user.id,
        role: 'admin',
        expires_at: null,
      },
    ])
    expect(await as('app', 'SELECT * FROM resolve_api_key($1)', [Buffer.alloc(32)])).toEqual([])
  })

  test.each(['engine', 'auth'] as const)('are not for %s', async (role) => {
    expect(await as(role, "SELECT * FROM resolve_hook('a', 'GET', 'b')")).toBe(denied)
    expect(await as(role, "SELECT * FROM resolve_api_key('\\x00')")).toBe(denied)
  })
})

test('nobody takes the role of somebody else', async () => {
  for (const role of ['trama_resolver', 'trama_auth', 'postgres']) {
    expect(await as('app', `SET ROLE ${role}`)).toBe(denied)
    expect(await as('engine', `SET ROLE ${role}`)).toBe(denied)
  }
})

test('only its own logins connect to a database', async () => {
  const { rows } = await owner.query(
    `SELECT has_database_privilege('pg_monitor', current_database(), 'CONNECT') AS anybody`,
  )
  expect(rows).toEqual([{ anybody: false }])
})
