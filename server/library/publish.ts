import { z } from 'zod'
import { findInfo } from '#nodes/catalog-info.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { capabilitiesOf } from '#nodes/graph/library/capabilities.ts'
import type { Parameter } from '#nodes/graph/library/parameter.ts'
import { newId } from '#server/db/id.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from '#server/workflows/read.ts'
import { type Content, hashOf } from './content.ts'
import { prepare } from './prepare.ts'
import { slugFor } from './slug.ts'

export const VERSIONS = 200

export const Visibility = z.enum(['tenant', 'chosen', 'installation'])
export type Visibility = z.infer<typeof Visibility>

export interface Publishing {
  workflowId: string
  name: string
  summary: string
  icon: string
  tags: string[]
  readme: string
  parameters: Parameter[]
  visibility: Visibility
  /** Ids of the tenants it is for, with visibility `chosen`. */
  shareWith: string[]
  changes: string
}

/** Makes a workflow's draft the next version of its library item; the first one makes the item. */
export async function publishItem(scope: TenantScope, about: Publishing) {
  return scope.inTenant(async (db) => {
    const draft = await draftOf(db, { tenantId: scope.tenant.id, workflowId: about.workflowId })
    const { document, parameters } = prepare(draft, about.parameters)
    const { name, summary, icon, tags, readme } = about
    const content = { name, summary, icon, tags, readme, document, parameters, translations: {} }
    return addVersion(db, { ...about, tenantId: scope.tenant.id, actor: scope.actor, content })
  })
}

interface Adding extends Pick<Publishing, 'visibility' | 'shareWith' | 'changes'> {
  tenantId: string
  actor: string | null
  /** What it is made from; null for what ships with the product, which goes by its slug. */
  workflowId: string | null
  slug?: string
  content: Content
}

/** The next version of an item, waiting for a review if it is to be for everybody. */
export async function addVersion(db: TenantDb, about: Adding) {
  const { tenantId, content, visibility } = about
  const itemId = await itemFor(db, about)
  const newest = await newestOf(db, { tenantId, itemId })
  const hash = hashOf(content)
  const wanted = visibility === 'installation' ? 'pending' : 'none'
  const unchanged = newest && Buffer.from(newest.hash).equals(hash)
  if (unchanged && (newest.review === wanted || newest.review === 'approved')) {
    await show(db, { ...about, itemId, number: newest.number })
    return { itemId, version: newest.number, review: newest.review, added: false }
  }
  const number = (newest?.number ?? 0) + 1
  if (number > VERSIONS)
    throw new AppError('limit_reached', `An item has at most ${VERSIONS} versions`, { limit: VERSIONS })
  await db.libraryVersion.create({
    data: {
      ...content,
      ...{ tenantId, itemId, number, hash, changes: about.changes, review: wanted, publishedBy: about.actor },
      capabilities: capabilitiesOf(content.document, findInfo),
    },
  })
  await show(db, { ...about, itemId, number })
  return { itemId, version: number, review: wanted, added: true }
}

async function draftOf(db: TenantDb, { tenantId, workflowId }: { tenantId: string; workflowId: string }) {
  const workflow = await db.workflow.findUnique({
    where: { tenantId_id: { tenantId, id: workflowId } },
    select: { draft: true },
  })
  if (!workflow) throw noSuchWorkflow()
  return WorkflowDocument.parse(workflow.draft)
}

/** The item of a workflow or a slug, made when there is none; held until the transaction ends. */
async function itemFor(db: TenantDb, about: Adding): Promise<string> {
  const { tenantId, workflowId, slug, content } = about
  // Two first versions at once would make two items.
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`library ${tenantId}`}, 0))`
  const found = await db.libraryItem.findFirst({
    where: { tenantId, ...(workflowId === null ? { slug } : { workflowId }) },
    select: { id: true },
  })
  if (found) return found.id
  const id = newId()
  const { name, summary, icon, tags } = content
  await db.libraryItem.create({
    data: {
      ...{ tenantId, id, workflowId, name, summary, icon, tags, createdBy: about.actor },
      slug: slug ?? (await slugFor(db, { tenantId, name })),
    },
  })
  return id
}

const newestOf = (db: TenantDb, { tenantId, itemId }: { tenantId: string; itemId: string }) =>
  db.libraryVersion.findFirst({
    where: { tenantId, itemId },
    orderBy: { number: 'desc' },
    select: { number: true, hash: true, review: true },
  })

/** Who sees the item from now on. What is for everybody stays as it was until its review. */
async function show(db: TenantDb, about: Adding & { itemId: string; number: number }) {
  const { tenantId, itemId, visibility, content } = about
  const { name, summary, icon, tags } = content
  const shown = { name, summary, icon, tags, visibility, latestVersion: about.number }
  await db.libraryItem.updateMany({
    where: { tenantId, id: itemId },
    data: { ...(visibility === 'installation' ? {} : shown), withdrawnAt: null, updatedAt: new Date() },
  })
  if (visibility === 'installation') return
  await db.libraryShare.deleteMany({ where: { tenantId, itemId } })
  const others = visibility === 'chosen' ? about.shareWith.filter((id) => id !== tenantId) : []
  await db.libraryShare.createMany({
    data: [...new Set(others)].map((toTenantId) => ({ tenantId, itemId, toTenantId })),
  })
}
