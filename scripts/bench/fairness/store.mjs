// What both designs have in common: runs in Postgres, the only truth, and their ends, many in one write.
import pg from 'pg'

const TENANTS = `
INSERT INTO tenant (id, name, slug) SELECT $2 || at, 'Tenant ' || at, $2 || at FROM generate_series(1, $1::int) at`
const LIMITS = `
INSERT INTO tenant_limit (tenant_id, weight, concurrent_runs, updated_at)
SELECT $2 || at, 1 + (at - 1) % 4, 1000000, now() FROM generate_series(1, $1::int) at`
const WORKFLOWS = `
INSERT INTO workflow (tenant_id, id, name, draft)
SELECT $2 || at, gen_random_uuid(), 'Workflow', '{"format":1,"nodes":[],"edges":[]}' FROM generate_series(1, $1::int) at
RETURNING tenant_id, id`
const INSERT = `
INSERT INTO run (tenant_id, id, workflow_id, version, trigger_key, started_by, input, last_seq)
SELECT t, id, w, 1, 'start', 'api', '{}', 1 FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS g(t, id, w)`
const END = `
UPDATE run SET status = 'succeeded', finished_at = clock_timestamp(), settled_at = clock_timestamp(), lease_owner = NULL,
  lease_until = NULL
FROM unnest($1::text[], $2::uuid[]) AS g(t, i) WHERE run.tenant_id = g.t AND run.id = g.i`

export async function createStore(url) {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  return {
    pool,
    /** Tenants with weights 1, 2, 3, 4, 1, 2, … */
    async tenants(count, prefix) {
      await pool.query(TENANTS, [count, prefix])
      await pool.query(LIMITS, [count, prefix])
      const { rows } = await pool.query(WORKFLOWS, [count, prefix])
      const number = ({ tenant_id: id }) => Number(id.slice(prefix.length))
      return rows
        .sort((one, other) => number(one) - number(other))
        .map((row) => ({ id: row.tenant_id, workflowId: row.id, weight: 1 + ((number(row) - 1) % 4) }))
    },
    async insert(tenants) {
      const runs = tenants.map((tenant) => ({ tenant, id: crypto.randomUUID() }))
      await pool.query(INSERT, [
        tenants.map(({ id }) => id),
        runs.map(({ id }) => id),
        tenants.map(({ workflowId }) => workflowId),
      ])
      return runs
    },
    end: (runs) => pool.query(END, [runs.map(({ tenantId }) => tenantId), runs.map(({ runId }) => runId)]),
    async clear() {
      await pool.query(
        `TRUNCATE run, run_event, task, tenant_turn, tenant_limit, workflow, workflow_version CASCADE`,
      )
      await pool.query(`DELETE FROM tenant WHERE id <> 'trama'`)
      await pool.query('VACUUM ANALYZE')
    },
    close: () => pool.end(),
  }
}
