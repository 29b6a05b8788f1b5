import { z } from 'zod'
import { builtIn } from '#server/admin/tenants.ts'
import { subjectName } from '#server/audit/subject-name.ts'
import { type NewAuditEntry, writeAudit } from '#server/audit/write.ts'
import { inTenant } from '#server/db/tenant.ts'
import { addressHeader } from '#server/tenants/auth.ts'
import { membership } from '#server/tenants/membership.ts'
import type { SignedIn } from '#server/tenants/who-is.ts'
import type { Context } from '../context.ts'
import { describeError } from '../error-body.ts'
import { detailOf, madeId, nameIn, subjectIn } from './entry.ts'
import { type Line, lineOf, procedureLines } from './lines.ts'

type End = { data: unknown } | { error: unknown }

interface About {
  line: Line
  user: SignedIn
  input: unknown
}

/**
 * Begins to watch a change that somebody asks for: what it is about is named before, as afterwards it may be gone. The
 * function that comes back writes its line once it has happened, or was denied. Null for what leaves no line.
 */
export async function auditProcedure(
  ctx: Context,
  { path, input }: { path: string; input: unknown },
): Promise<((end: End) => Promise<void>) | null> {
  const line = lineOf(procedureLines, path)
  const user = line && (await ctx.signedIn())
  if (!line || !user) return null
  const about = { line, user, input }
  if (path.startsWith('admin.')) return (end) => quietly(ctx, adminLine(ctx, { ...about, end }))
  if (line.tenantOf) return (end) => quietly(ctx, newTenantLine(ctx, { ...about, end }))
  const member = await ctx.membership(user.id)
  if (!member) return null
  const tenantId = member.tenant.id
  const subject = subjectIn(line, input)
  const name = await nameOf(ctx, { ...subject, tenantId }).catch(() => '')
  return (end) => quietly(ctx, memberLine(ctx, { ...about, tenantId, subject: { ...subject, name }, end }))
}

/** What was changed is changed: a line that cannot be written is told to the operator, not to the caller. */
async function quietly({ parts, requestId }: Context, work: Promise<void>) {
  await work.catch((err: unknown) =>
    parts.log.error({ err, requestId }, 'The audit log could not be written'),
  )
}

async function memberLine(
  ctx: Context,
  about: About & { tenantId: string; subject: { kind: string; id: string | null; name: string }; end: End },
) {
  const { line, user, input, tenantId, subject, end } = about
  const outcome = outcomeOf(end)
  if (!outcome) return
  const id = madeId(line, { id: subject.id, answer: outcome.data })
  const entry: NewAuditEntry = {
    ...whoAndWhere(ctx, user),
    tenantId,
    action: line.action,
    subject: { ...subject, id, name: subject.name || nameIn(input) },
    detail: { ...detailOf(line, input), ...outcome.detail },
  }
  await inTenant(ctx.parts.databases.app, tenantId, (db) => writeAudit(db, entry))
}

async function adminLine(ctx: Context, { line, user, input, end }: About & { end: End }) {
  const outcome = outcomeOf(end)
  if (!outcome) return
  const { admin } = ctx.parts.databases
  const { id } = subjectIn(line, input)
  const [tenant] = id
    ? z
        .array(z.object({ name: z.string() }))
        .parse(await admin.$queryRaw`select name from tenant where id = ${id}`)
    : []
  // Of another’s denied try a tenant hears nothing: it is about the installation.
  const tenantId = tenant && id && user.isAdmin ? id : builtIn
  const { actor, ...where } = whoAndWhere(ctx, user)
  await writeAudit(admin, {
    ...where,
    actor: { ...actor, kind: user.isAdmin ? 'admin' : 'user' },
    tenantId,
    action: line.action,
    subject: tenant
      ? { kind: 'tenant', id, name: tenant.name }
      : { kind: 'installation', id: null, name: '' },
    detail: { ...detailOf(line, input), ...outcome.detail },
  })
}

/** Of one who comes into a tenant, or makes it: only the answer says which. */
async function newTenantLine(ctx: Context, { line, user, input, end }: About & { end: End }) {
  const outcome = outcomeOf(end)
  const slug = z.object({ slug: z.string() }).safeParse(outcome?.data)
  if (!outcome || !slug.success) return
  const { auth, app } = ctx.parts.databases
  const member = await membership(auth, { userId: user.id, slug: slug.data.slug })
  if (!member) return
  const { id, name } = member.tenant
  const entry: NewAuditEntry = {
    ...whoAndWhere(ctx, user),
    tenantId: id,
    action: line.action,
    subject: { kind: 'tenant', id, name },
    detail: detailOf(line, input),
  }
  await inTenant(app, id, (db) => writeAudit(db, entry))
}

/** What is worth a line: what was done, and what was denied. What failed otherwise changed nothing. */
function outcomeOf(end: End): { data: unknown; detail: { denied?: string } } | null {
  if ('data' in end) return { data: end.data, detail: {} }
  const { status, message } = describeError(end.error)
  return status === 403 ? { data: null, detail: { denied: message } } : null
}

function whoAndWhere({ headers, requestId }: Context, { id, name, email }: SignedIn) {
  const actor = { kind: 'user' as const, id, name: name || email }
  return { actor, ip: headers.get(addressHeader), requestId }
}

async function nameOf(ctx: Context, subject: { tenantId: string; kind: string; id: string | null }) {
  const { id, tenantId, kind } = subject
  const { app, auth } = ctx.parts.databases
  if (id === null) return ''
  if (kind === 'member') {
    const row = await auth.member.findFirst({
      where: { id, organizationId: tenantId },
      select: { user: { select: { name: true, email: true } } },
    })
    return row ? row.user.name || row.user.email : ''
  }
  if (kind === 'invitation') {
    const row = await auth.invitation.findFirst({
      where: { id, organizationId: tenantId },
      select: { email: true },
    })
    return row?.email ?? ''
  }
  return inTenant(app, tenantId, (db) => subjectName(db, { tenantId, kind, id }))
}
