import { z } from 'zod'
import { catalogInfo } from '#nodes/catalog-info.ts'
import { locales } from '#nodes/examples/example.ts'
import { Parameters, Values } from '#nodes/graph/library/parameter.ts'
import { sides } from '#nodes/graph/merge/conflict.ts'
import { connectionKinds } from '#server/connections/kinds.ts'
import { prose, ShortId } from '#server/db/plain-text.ts'
import { installItem } from '#server/library/install.ts'
import { listInstalls } from '#server/library/installs.ts'
import { listItems, sources } from '#server/library/list.ts'
import { publishItem, Visibility } from '#server/library/publish.ts'
import { tenantsBySlug } from '#server/library/publishers.ts'
import { readItem } from '#server/library/read.ts'
import { revertUpgrade } from '#server/library/revert-upgrade.ts'
import { listReviews, readReview, reviewVersion } from '#server/library/reviews.ts'
import { suggestItem } from '#server/library/suggest.ts'
import { applyUpgrade, previewUpgrade } from '#server/library/upgrade.ts'
import { withdrawItem } from '#server/library/withdraw.ts'
import { Id, Name, Revision, Search } from '../inputs.ts'
import { adminProcedure, memberProcedure, router } from '../trpc.ts'

const reads = memberProcedure('library.read')
const installs = memberProcedure('library.install')
const publishes = memberProcedure('library.publish')

const README_BYTES = 50_000
const Locale = z.enum(locales)
const Version = z.int().min(1).max(10_000)
const Item = z.strictObject({ publisherId: ShortId, itemId: Id })
const Tag = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} -]{0,29}$/u, 'A tag is a word or two')
const Choices = z.record(z.string().max(10_000), z.enum(sides))

const Publishing = z.strictObject({
  workflowId: Id,
  name: Name,
  summary: prose(300),
  icon: z.string().regex(/^[a-z0-9-]{1,40}$/, 'Not the name of an icon'),
  tags: z.array(Tag).max(8),
  readme: prose(README_BYTES).refine(
    (text) => Buffer.byteLength(text) <= README_BYTES,
    `A readme holds at most ${README_BYTES} bytes`,
  ),
  parameters: Parameters,
  visibility: Visibility,
  shareWith: z.array(z.string().regex(/^[\w-]{1,100}$/, 'This is not the address of a tenant')).max(100),
  changes: prose(5_000),
})

const Upgrading = z.strictObject({
  workflowId: Id,
  version: Version.optional(),
  values: Values.optional(),
})

export const libraryRouter = router({
  list: reads
    .input(
      z.strictObject({
        search: Search.trim().optional(),
        tag: Tag.optional(),
        source: z.enum(sources).optional(),
        locale: Locale,
        cursor: z.string().max(500).optional(),
      }),
    )
    .query(({ ctx, input }) => listItems(ctx.scope, input)),
  get: reads
    .input(Item.extend({ version: Version.optional(), locale: Locale }))
    .query(({ ctx, input }) => readItem(ctx.scope, input)),
  /** Workflows that came from the library, and newer versions there are of them. */
  installs: reads
    .input(z.strictObject({ workflowId: Id.optional() }).default({}))
    .query(({ ctx, input }) => listInstalls(ctx.scope, input)),
  upgradePreview: reads.input(Upgrading).query(({ ctx, input }) => previewUpgrade(ctx.scope, input)),

  install: installs
    .input(Item.extend({ version: Version.optional(), name: Name, values: Values, locale: Locale }))
    .mutation(({ ctx, input }) => installItem(ctx.scope, input)),
  upgrade: installs
    .input(Upgrading.extend({ revision: Revision, choices: Choices.optional() }))
    .mutation(({ ctx, input }) => applyUpgrade(ctx.scope, input)),
  revert: installs
    .input(z.strictObject({ workflowId: Id, discard: z.boolean().optional() }))
    .mutation(({ ctx, input }) => revertUpgrade(ctx.scope, input)),

  suggest: publishes
    .input(z.strictObject({ workflowId: Id }))
    .query(({ ctx, input }) => suggestItem(ctx.scope, { ...input, people: ctx.parts.databases.auth })),
  publish: publishes.input(Publishing).mutation(async ({ ctx, input }) => {
    const shareWith = await tenantsBySlug(ctx.parts.databases.auth, input.shareWith)
    return publishItem(ctx.scope, { ...input, shareWith })
  }),
  withdraw: publishes
    .input(z.strictObject({ itemId: Id }))
    .mutation(({ ctx, input }) => withdrawItem(ctx.scope, input)),
})

/** What waits to be shown to the whole installation; part of `admin`. */
export const reviewProcedures = {
  /** What a drawing is read with, outside of a tenant. */
  catalog: adminProcedure.query(() => ({ nodes: catalogInfo, kinds: connectionKinds })),
  reviews: adminProcedure.query(({ ctx }) => listReviews(ctx.parts.databases.admin)),
  reviewed: adminProcedure
    .input(Item.extend({ version: Version }))
    .query(({ ctx, input }) => readReview(ctx.parts.databases.admin, input)),
  review: adminProcedure
    .input(Item.extend({ version: Version, approve: z.boolean(), note: prose(2_000) }))
    .mutation(({ ctx, input }) => reviewVersion(ctx.parts.databases.admin, { ...input, by: ctx.user.id })),
}
