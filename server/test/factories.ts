import { emptyDocument, type WorkflowDocument } from '#nodes/graph/document.ts'
import { createApiKey } from '../api-keys/create.ts'
import { newId, shortId } from '../db/id.ts'
import { inTenant } from '../db/tenant.ts'
import { type Permission, permissionsOf, Role } from '../tenants/policy.ts'
import { testDatabases } from './databases.ts'

export interface TestMember {
  tenant: { id: string; slug: string; name: string }
  user: { id: string; name: string; email: string }
  member: { id: string; role: string }
}

/** A tenant of its own with one member; the member is an owner unless another role is asked for. */
export async function aTenant(about: { role?: Role; name?: string } = {}): Promise<TestMember> {
  const { auth } = await testDatabases()
  const id = shortId()
  const name = about.name ?? `Tenant ${id}`
  const tenant = await auth.tenant.create({ data: { id, slug: `t-${id}`, name } })
  // A tenant always has an owner, whoever else the test is about.
  if (about.role && about.role !== 'owner') await aMember({ tenant, role: 'owner' })
  return aMember({ tenant, role: about.role })
}

/** One more person in a tenant. */
export async function aMember(about: { tenant: TestMember['tenant']; role?: Role }): Promise<TestMember> {
  const { auth } = await testDatabases()
  const user = await aUser()
  const member = await auth.member.create({
    data: { id: shortId(), organizationId: about.tenant.id, userId: user.id, role: about.role ?? 'owner' },
  })
  const { id, slug, name } = about.tenant
  return { tenant: { id, slug, name }, user, member: { id: member.id, role: member.role } }
}

/** A person without a tenant, who cannot sign in (sign up through server/tenants for that). */
export async function aUser(): Promise<TestMember['user']> {
  const { auth } = await testDatabases()
  const id = shortId()
  const user = await auth.user.create({ data: { id, name: `User ${id}`, email: `${id}@example.com` } })
  return { id, name: user.name, email: user.email }
}

/** A person who administers the whole installation. */
export async function anAdministrator(): Promise<TestMember['user']> {
  const { auth } = await testDatabases()
  const user = await aUser()
  await auth.user.update({ where: { id: user.id }, data: { isAdmin: true } })
  return user
}

/** A workflow; with `publish` also its version 1, published. */
export async function aWorkflow(about: {
  tenantId: string
  document?: WorkflowDocument
  name?: string
  publish?: boolean
}): Promise<{ id: string; tenantId: string; version: number | null }> {
  const { app } = await testDatabases()
  const { tenantId, document = emptyDocument } = about
  const id = newId()
  return inTenant(app, tenantId, async (db) => {
    const name = about.name ?? `Workflow ${id}`
    await db.workflow.create({ data: { tenantId, id, name, draft: document } })
    if (!about.publish) return { id, tenantId, version: null }
    await db.workflowVersion.create({ data: { tenantId, workflowId: id, number: 1, document } })
    await db.workflow.update({ where: { tenantId_id: { tenantId, id } }, data: { publishedVersion: 1 } })
    return { id, tenantId, version: 1 }
  })
}

/** A key made by this member; it can do all that they can unless scopes are named. */
export async function anApiKey(about: {
  member: TestMember
  scopes?: Permission[]
  expiresAt?: Date
}): Promise<{ id: string; key: string }> {
  const { app } = await testDatabases()
  const role = Role.parse(about.member.member.role)
  return createApiKey(app, {
    tenantId: about.member.tenant.id,
    maker: { userId: about.member.user.id, role },
    name: `Key ${shortId(8)}`,
    scopes: about.scopes ?? permissionsOf(role),
    expiresAt: about.expiresAt,
  })
}
