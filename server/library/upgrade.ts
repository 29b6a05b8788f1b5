import { z } from 'zod'
import { catalog } from '#nodes/catalog.ts'
import { findInfo } from '#nodes/catalog-info.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { addedCapabilities, capabilitiesOf } from '#nodes/graph/library/capabilities.ts'
import { fill } from '#nodes/graph/library/fill.ts'
import { Values } from '#nodes/graph/library/parameter.ts'
import type { Choices } from '#nodes/graph/merge/conflict.ts'
import { merge } from '#nodes/graph/merge/merge.ts'
import { upgrade } from '#nodes/graph/upgrade.ts'
import type { AnyNode } from '#nodes/kit/define-node.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { documentFrom } from '#server/workflows/document-input.ts'
import { problemsOf } from '#server/workflows/problems-of.ts'
import { noSuchWorkflow } from '#server/workflows/read.ts'
import { staleRevision } from '#server/workflows/save-draft.ts'
import { refuseValues } from './install.ts'
import { spoken, versionOf } from './read.ts'

export interface Upgrading {
  workflowId: string
  /** The newest unless one is named. */
  version?: number
  /** For what the new version asks that the old one did not. */
  values?: Values
  choices?: Choices
}

const Install = z.object({
  id: z.string(),
  publisherId: z.string(),
  itemId: z.string(),
  version: z.number(),
  locale: z.string(),
  base: WorkflowDocument,
  values: Values,
  draft: WorkflowDocument,
  draftRevision: z.number(),
})

const newest = new Map<string, AnyNode>(catalog.map((node) => [node.id, node]))
/** At the versions of the nodes we ship, so that an old and a new drawing can be compared. */
const current = (document: WorkflowDocument) => upgrade(document, (type) => newest.get(type))

/** What an upgrade would do. Nothing is changed. */
export async function previewUpgrade(scope: TenantScope, about: Upgrading) {
  return scope.inTenant(async (db) => {
    const { install, version, base, mine, theirs, values, document, conflicts, changes } = await merged(db, {
      ...about,
      tenantId: scope.tenant.id,
      hold: false,
    })
    const before = capabilitiesOf(base, findInfo)
    return {
      from: install.version,
      to: version.number,
      item: { publisherId: install.publisherId, itemId: install.itemId, name: version.name },
      news: await newsBetween(db, { ...install, to: version.number }),
      revision: install.draftRevision,
      base,
      mine,
      theirs,
      document,
      conflicts,
      changes,
      problems: await problemsOf(db, { tenantId: scope.tenant.id, document }),
      capabilities: addedCapabilities(before, version.capabilities),
      parameters: version.parameters.filter(({ key }) => !Object.hasOwn(install.values, key)),
      values,
    }
  })
}

/** Merges the version into the draft, if nobody saved since `revision` and every conflict is decided. */
export async function applyUpgrade(scope: TenantScope, about: Upgrading & { revision: number }) {
  const tenantId = scope.tenant.id
  const { workflowId, revision, choices = {} } = about
  return scope.inTenant(async (db) => {
    const { install, version, theirs, mine, values, document, conflicts } = await merged(db, {
      ...about,
      tenantId,
      hold: true,
    })
    if (install.draftRevision !== revision) throw staleRevision(revision, install.draftRevision)
    const open = conflicts.filter(({ id }) => !Object.hasOwn(choices, id))
    if (open.length > 0)
      throw new AppError(
        'invalid',
        `Decide ${open.length === 1 ? 'one more conflict' : `${open.length} more conflicts`} first`,
        {
          issues: open.map(({ id }) => ({ path: `choices.${id}`, message: 'Choose one side' })),
        },
      )
    const draft = documentFrom(document)
    await db.workflow.updateMany({
      where: { tenantId, id: workflowId },
      data: { draft, draftRevision: revision + 1, updatedAt: new Date() },
    })
    await db.install.updateMany({
      where: { tenantId, id: install.id },
      data: {
        ...{ version: version.number, base: theirs, values, updatedAt: new Date() },
        before: {
          ...{ draft: mine, base: install.base, version: install.version, values: install.values },
          revision: revision + 1,
        },
      },
    })
    return { revision: revision + 1, version: version.number }
  })
}

async function merged(db: TenantDb, about: Upgrading & { tenantId: string; hold: boolean }) {
  const { tenantId, choices } = about
  const install = await installOf(db, about)
  const { publisherId, itemId } = install
  const version = spoken(await versionOf(db, { publisherId, itemId, version: about.version }), install.locale)
  if (version.number === install.version)
    throw new AppError('conflict', 'This workflow has that version already')
  const known = version.parameters.filter(({ key }) => Object.hasOwn(install.values, key))
  const kept = Object.fromEntries(known.map(({ key }) => [key, install.values[key] ?? '']))
  const values = { ...kept, ...about.values }
  if (about.values) await refuseValues(db, { tenantId, parameters: version.parameters, values })
  const [base, mine] = [current(install.base), current(install.draft)]
  const theirs = current(fill(version.document, version.parameters, values))
  return { install, version, base, mine, theirs, values, ...merge({ base, mine, theirs, choices }) }
}

/** The install of a workflow with its draft, held when it will be changed. */
async function installOf(
  db: TenantDb,
  { tenantId, workflowId, hold }: { tenantId: string; workflowId: string; hold: boolean },
) {
  if (hold)
    await db.$queryRaw`
      select id from workflow where tenant_id = ${tenantId} and id = ${workflowId}::uuid for update`
  const found = await db.install.findUnique({
    where: { tenantId_workflowId: { tenantId, workflowId } },
    include: { workflow: { select: { draft: true, draftRevision: true } } },
  })
  if (!found) throw noSuchWorkflow()
  const { workflow, ...install } = found
  return Install.parse({ ...install, ...workflow })
}

/** What publishers said of the versions in between, newest first. */
async function newsBetween(
  db: TenantDb,
  about: { publisherId: string; itemId: string; version: number; to: number },
) {
  const versions = await db.libraryVersion.findMany({
    where: {
      tenantId: about.publisherId,
      itemId: about.itemId,
      number: { gt: about.version, lte: about.to },
      review: { not: 'rejected' },
    },
    select: { number: true, changes: true, createdAt: true },
    orderBy: { number: 'desc' },
  })
  return versions.map(({ createdAt, ...version }) => ({ ...version, createdAt: createdAt.toISOString() }))
}
