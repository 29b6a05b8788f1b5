import { randomBytes } from 'node:crypto'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { newId, shortId } from '../../db/id.ts'
import { inTenant, type TenantDb } from '../../db/tenant.ts'
import { installItem } from '../../library/install.ts'
import { publishItem } from '../../library/publish.ts'
import type { AttentionRequest } from '../../runtime/attention-request.ts'
import { invite } from '../../tenants/invitations.ts'
import { tables } from '../catalogue.ts'
import { testDatabases } from '../databases.ts'
import { aMember, anApiKey, aTenant, aWorkflow, type TestMember } from '../factories.ts'
import { testBaseUrl } from '../sign-in.ts'

/** A tenant with one of everything that has an id. */
export interface World {
  owner: TestMember
  slug: string
  workflowId: string
  runId: string
  failedRunId: string
  bulkJobId: string
  /** An approval that a run waits for. */
  taskId: string
  /** A step of another run that needs attention. */
  attentionId: string
  alertRuleId: string
  connectionId: string
  apiKeyId: string
  memberId: string
  invitationId: string
  /** An item of two versions, and one that waits for a review. */
  itemId: string
  /** A workflow that was installed of its version 1, and upgraded to it. */
  installedId: string
}

export const aDocument = WorkflowDocument.parse({
  nodes: [{ key: 'start', type: 'trigger.manual', version: 1 }],
  edges: [],
})

export async function aWorld(): Promise<World> {
  const { auth } = await testDatabases()
  const owner = await aTenant()
  const { tenant, user } = owner
  const workflow = await aWorkflow({ tenantId: tenant.id, document: aDocument, publish: true })
  const viewer = await aMember({ tenant, role: 'viewer' })
  const key = await anApiKey({ member: owner })
  const acting = { tenantId: tenant.id, userId: user.id, role: 'owner' } as const
  const email = `${shortId()}@example.com`
  const invitation = await invite(auth, { acting, email, role: 'viewer', baseUrl: testBaseUrl })
  return {
    owner,
    slug: tenant.slug,
    workflowId: workflow.id,
    runId: await aFinishedRun({ tenantId: tenant.id, workflowId: workflow.id }),
    failedRunId: await aFinishedRun({ tenantId: tenant.id, workflowId: workflow.id, status: 'failed' }),
    taskId: await aTask(tenant.id),
    attentionId: await aTask(tenant.id, 'attention'),
    bulkJobId: await aBulkJob(tenant.id),
    alertRuleId: await anAlertRule(tenant.id),
    connectionId: await aConnection(tenant.id),
    apiKeyId: key.id,
    memberId: viewer.member.id,
    invitationId: invitation.id,
    ...(await anItem(owner)),
  }
}

/** What a tenant has, as one text for each table: equal before and after if nothing was touched. */
export async function fingerprint(tenantId: string): Promise<Record<string, string>> {
  const { owner } = await testDatabases()
  const found: Record<string, string> = {}
  for (const { name, columns } of await tables(owner)) {
    const column = name === 'tenant' ? 'id' : 'tenant_id'
    if (!columns.some((one) => one.name === column)) continue
    // When a key was used last says nothing about what its use did.
    const { rows } = await owner.query(
      `SELECT coalesce(string_agg(md5((to_jsonb(t) - 'last_used_at')::text), ' ' ORDER BY t::text), '') AS sum
       FROM "${name}" t WHERE ${column} = $1`,
      [tenantId],
    )
    found[name] = rows[0].sum
  }
  return found
}

async function anItem({ tenant, user }: TestMember) {
  const { app } = await testDatabases()
  const scope = {
    tenant,
    actor: user.id,
    hooksChanged: () => undefined,
    inTenant: <T>(work: (db: TenantDb) => Promise<T>) => inTenant(app, tenant.id, work),
  }
  const { id: workflowId } = await aWorkflow({ tenantId: tenant.id, document: aDocument })
  const about = {
    workflowId,
    summary: '',
    icon: 'workflow',
    tags: [],
    readme: '',
    parameters: [],
    shareWith: [],
    changes: '',
  }
  const { itemId } = await publishItem(scope, { ...about, name: 'First', visibility: 'tenant' })
  const key = { publisherId: tenant.id, itemId, values: {}, locale: 'en' }
  const { workflowId: installedId } = await installItem(scope, { ...key, name: 'Installed' })
  await publishItem(scope, { ...about, name: 'Second', visibility: 'tenant' })
  await publishItem(scope, { ...about, name: 'Third', visibility: 'installation' })
  const before = { draft: aDocument, base: aDocument, version: 1, values: {}, revision: 1 }
  await inTenant(app, tenant.id, (db) =>
    db.install.updateMany({ where: { tenantId: tenant.id, workflowId: installedId }, data: { before } }),
  )
  return { itemId, installedId }
}

async function aFinishedRun(about: {
  tenantId: string
  workflowId: string
  status?: 'succeeded' | 'failed'
}): Promise<string> {
  const { engine } = await testDatabases()
  const id = newId()
  const { status = 'succeeded' } = about
  const failure = status === 'failed' ? { code: 'test', message: 'It failed', retryable: false } : null
  await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, output, failure,
       last_seq, finished_at)
     VALUES ($1, $2, $3, 1, $4, 'manual', 'start', '{}', '{}', $5, 2, now())`,
    [about.tenantId, id, about.workflowId, status, failure && JSON.stringify(failure)],
  )
  const started = { type: 'run.started', trigger: 'start', output: {} }
  const finished = { type: 'run.finished', status, output: {} }
  await engine.query(
    `INSERT INTO run_event (tenant_id, run_id, seq, type, data)
     VALUES ($1, $2, 1, 'run.started', $3::json), ($1, $2, 2, 'run.finished', $4::json)`,
    [about.tenantId, id, JSON.stringify(started), JSON.stringify(finished)],
  )
  return id
}

/** A question that is open, of a run that waits for it. */
async function aTask(tenantId: string, kind: 'approval' | 'attention' = 'approval'): Promise<string> {
  const workflow = await aWorkflow({ tenantId, document: aDocument, publish: true })
  const { engine } = await testDatabases()
  const [runId, id] = [newId(), newId()]
  await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq)
     VALUES ($1, $2, $3, 1, 'waiting', 'manual', 'start', '{}', 0)`,
    [tenantId, runId, workflow.id],
  )
  await engine.query(
    `INSERT INTO task (tenant_id, id, run_id, step, name, kind, title, request, role)
     VALUES ($1, $2, $3, 'ask', 'ask', $4, 'May I?', $5::json, 'editor')`,
    [tenantId, id, runId, kind, JSON.stringify(kind === 'attention' ? anAttentionRequest : {})],
  )
  return id
}

const anAttentionRequest: AttentionRequest = {
  ...{ why: 'exhausted', cause: '0123456789abcdef', code: 'unreachable', message: 'It is down', attempts: 3 },
  ...{ node: { key: 'ask', name: '', type: 'data.set', version: 1 }, effect: 'none', connection: null },
  ...{ ports: ['out'], params: { fields: [] }, missing: [] },
}

async function aBulkJob(tenantId: string): Promise<string> {
  const { app } = await testDatabases()
  const id = newId()
  const row = { tenantId, id, kind: 'retry', filter: { ids: [] }, total: 1 }
  await inTenant(app, tenantId, (db) => db.bulkJob.createMany({ data: [row] }))
  return id
}

async function anAlertRule(tenantId: string): Promise<string> {
  const { app } = await testDatabases()
  const id = newId()
  const target = { to: ['ada@example.com'] }
  const row = { tenantId, id, name: `R ${id}`, kind: 'failure', settings: {}, channel: 'email', target }
  await inTenant(app, tenantId, (db) => db.alertRule.createMany({ data: [row] }))
  return id
}

async function aConnection(tenantId: string): Promise<string> {
  const { app } = await testDatabases()
  const id = newId()
  const sealed = new Uint8Array(randomBytes(60))
  const row = { tenantId, id, name: `C ${id}`, kind: 'http.bearer', hosts: ['example.com'], sealed }
  await inTenant(app, tenantId, (db) => db.connection.createMany({ data: [row] }))
  return id
}
