import { expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { newId } from './id.ts'

const { owner } = await testDatabases()
const { tenant } = await aTenant()
const workflow = await aWorkflow({ tenantId: tenant.id, publish: true })

async function aRun(about: { status?: string; version?: number | null; document?: string | null } = {}) {
  const id = newId()
  const { status = 'running', version = 1, document = null } = about
  const finished = ['succeeded', 'failed', 'cancelled'].includes(status)
  await owner.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, document, status, started_by, trigger_key, input, output, last_seq, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'manual', 'start', '{}', '{"a":1}', 3, CASE WHEN $7 THEN now() END)`,
    [tenant.id, id, workflow.id, version, document, status, finished],
  )
  return id
}

const change = (id: string, set: string) => owner.query(`UPDATE run SET ${set} WHERE id = $1`, [id])

test.each(['succeeded', 'failed', 'cancelled'])('a run that %s never changes', async (status) => {
  const id = await aRun({ status })
  for (const set of [
    "status = 'running', finished_at = NULL",
    `status = '${status === 'failed' ? 'succeeded' : 'failed'}'`,
    `output = '{"a":2}'`,
    `failure = '{}'`,
    'last_seq = 4',
    "finished_at = finished_at + interval '1 second'",
  ]) {
    await expect(change(id, set), set).rejects.toThrow('A run that ended never changes')
  }
  // What a worker does when it lets go of it is no change of what happened.
  await change(id, 'lease_owner = NULL, lease_until = NULL, status = status, output = \'{"a":1}\'')
})

test('a run that has not ended may end, once', async () => {
  const id = await aRun()
  await change(id, "status = 'succeeded', finished_at = now(), last_seq = 4")
  await expect(change(id, "status = 'failed'")).rejects.toThrow('never changes')
})

test.each([
  'workflow_id = gen_random_uuid()',
  'version = 2',
  "trigger_key = 'other'",
  "started_by = 'api'",
  'lease_token = lease_token - 1',
])('a run keeps what it started with: %s', async (set) => {
  await expect(change(await aRun(), set)).rejects.toThrow('A run keeps what it started with')
})

test.each([
  { version: null, document: null },
  { version: 1, document: '{}' },
])('a run walks a version or a document of its own, not $version and $document', async (about) => {
  await expect(aRun(about)).rejects.toThrow('run_version_or_document')
})

test('a run has ended exactly when it says when', async () => {
  const id = await aRun()
  await expect(change(id, 'finished_at = now()')).rejects.toThrow('run_finished_when_terminal')
  await expect(change(id, "status = 'failed'")).rejects.toThrow('run_finished_when_terminal')
})

test('one run for each dedupe key of a workflow', async () => {
  const [first, second] = [await aRun(), await aRun()]
  await change(first, "dedupe_key = 'k'")
  await expect(change(second, "dedupe_key = 'k'")).rejects.toMatchObject({ code: '23505' })
})

test.each(['document = \'{"nodes":[]}\'', 'number = 2', "published_by = 'x'"])(
  'a version never changes: %s',
  async (set) => {
    await expect(owner.query(`UPDATE workflow_version SET ${set}`)).rejects.toThrow('never changes')
  },
)

test('an event never changes', async () => {
  const id = await aRun()
  await owner.query(
    `INSERT INTO run_event (tenant_id, run_id, seq, type, data) VALUES ($1, $2, 1, 'run.started', '{}')`,
    [tenant.id, id],
  )
  await expect(owner.query("UPDATE run_event SET type = 'x' WHERE run_id = $1", [id])).rejects.toThrow(
    'never changes',
  )
})

test.each([
  ['run', "status = 'done'"],
  ['run', "started_by = 'magic'"],
  ['member', "role = 'god'"],
  ['tenant', "slug = 'Not a slug'"],
  ['tenant', "slug = '_'"],
  ['tenant', "id = ''"],
  ['"user"', "email = 'Ada@example.com'"],
])('%s takes no %s', async (table, set) => {
  await aRun()
  await expect(owner.query(`UPDATE ${table} SET ${set}`)).rejects.toMatchObject({
    code: expect.stringMatching(/^23/),
  })
})

test('all of a tenant goes with it', async () => {
  const gone = await aTenant()
  await aWorkflow({ tenantId: gone.tenant.id, publish: true })
  const { auth } = await testDatabases()
  await auth.tenant.delete({ where: { id: gone.tenant.id } })
  const left = await owner.query('SELECT FROM workflow_version WHERE tenant_id = $1', [gone.tenant.id])
  expect(left.rowCount).toBe(0)
})
