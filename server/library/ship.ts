import type { Template } from '#nodes/templates/template.ts'
import { templates } from '#nodes/templates/templates.ts'
import type { AdminClient, AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'
import type { Log } from '#server/log.ts'
import { prepare } from './prepare.ts'
import { addVersion } from './publish.ts'
import { reviewVersion } from './reviews.ts'

/** The tenant that publishes what ships with the product; a migration makes it. */
const TRAMA = 'trama'

/**
 * Puts the templates into the library, shown to everybody: what is new or changed becomes a version, what is the
 * same stays, what ships no more is withdrawn. Safe to do at every start, by any number of processes.
 */
export async function shipTemplates(
  about: { app: AppClient; admin: AdminClient; log: Log },
  shipped: readonly Template[] = templates,
): Promise<void> {
  const { app, admin, log } = about
  for (const template of shipped) {
    try {
      const added = await inTenant(app, TRAMA, (db) => addVersion(db, versionFrom(template)))
      if (added.review === 'pending') {
        const { itemId, version } = added
        const decision = { approve: true, note: '', by: TRAMA }
        await reviewVersion(admin, { publisherId: TRAMA, itemId, version, ...decision })
      }
    } catch (error) {
      // One template that cannot be shipped must not keep the server from starting.
      log.error({ slug: template.slug, err: error }, 'A template could not be shipped')
    }
  }
  await inTenant(app, TRAMA, (db) =>
    db.libraryItem.updateMany({
      where: { tenantId: TRAMA, slug: { notIn: shipped.map(({ slug }) => slug) }, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    }),
  )
}

function versionFrom(template: Template) {
  const { slug, name, summary, icon, tags, readme, translations } = template
  const { document, parameters } = prepare(template.document, template.parameters)
  return {
    ...{ tenantId: TRAMA, actor: null, workflowId: null, slug, changes: '' },
    visibility: 'installation' as const,
    shareWith: [],
    content: { name, summary, icon, tags: [...tags], readme, document, parameters, translations },
  }
}
