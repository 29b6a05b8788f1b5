import { simplest } from '../workloads/list.mjs'
import { closed, measured, prepare } from '../workloads/measure.mjs'

const TENANTS = 1_000
const CONNECTIONS = 50

// Each with the same published workflow. Copied in the database: a thousand sign-ups measure nothing of interest.
const COPY = `
WITH source AS (SELECT * FROM tenant WHERE slug = 'bench'),
fresh AS (
  INSERT INTO tenant (id, name, slug) SELECT 'many-' || at, 'Many ' || at, 'many-' || at
  FROM generate_series(1, $2::int) at RETURNING id
), copied AS (
  INSERT INTO workflow (tenant_id, id, name, draft, published_version)
  SELECT fresh.id, w.id, w.name, w.draft, w.published_version
  FROM fresh, workflow w JOIN source ON w.tenant_id = source.id WHERE w.id = $1
  RETURNING tenant_id
)
SELECT count(*)::int AS count FROM copied`

const rowsOf = (table) => `
SELECT * FROM ${table} WHERE workflow_id = $1 AND tenant_id = (SELECT id FROM tenant WHERE slug = 'bench')`

/** What a run costs when it is one of a thousand tenants', beside the same load of one tenant. */
export async function manyTenants(trama, { seconds }) {
  const workload = await prepare(trama, { workload: simplest('tenants') })
  await trama.db.query(COPY, [workload.workflowId, TENANTS])
  for (const table of ['workflow_version', 'hook'])
    await copyRows(trama.db, { table, id: workload.workflowId })
  const paths = Array.from({ length: TENANTS }, (_, at) => `/hooks/many-${at + 1}/tenants`)
  const many = { ...workload, paths }
  const load = closed({ connections: CONNECTIONS, seconds })
  // Once for nothing: each tenant's workflow is read and prepared then.
  await measured(trama, { workload: many, load })
  const alone = await measured(trama, { workload, load })
  const together = await measured(trama, { workload: many, load })
  return [
    { name: 'one tenant', value: alone.perSecond, unit: 'runs/s' },
    { name: '1,000 tenants', value: together.perSecond, unit: 'runs/s' },
    {
      name: '1,000 tenants: CPU per run, beside one tenant',
      value: alone.cpu && together.cpu.all / alone.cpu.all,
      unit: '×',
      bar: 'at most 1.1',
    },
  ]
}

async function copyRows(db, { table, id }) {
  const { rows, fields } = await db.query(rowsOf(table), [id])
  const others = fields.map(({ name }) => name).filter((name) => name !== 'tenant_id')
  const names = others.map((name) => `"${name}"`).join(', ')
  for (const row of rows)
    await db.query(
      `INSERT INTO ${table} (tenant_id, ${names})
       SELECT id, ${others.map((_, at) => `$${at + 1}`).join(', ')} FROM tenant WHERE slug LIKE 'many-%'`,
      others.map((name) => asText(row[name])),
    )
}

const asText = (value) =>
  typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value
