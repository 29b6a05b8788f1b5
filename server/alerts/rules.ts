import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { newId } from '#server/db/id.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { type Channel, Condition, type NewRule, StoredTarget } from './rule.ts'

/** Seals what must not be read back. The vault of connections fits. */
export interface Seals {
  seal(owner: { tenantId: string; id: string }, fields: { url: string; secret: string }): Uint8Array
}

const MOST = 100

/** What connection a channel takes. */
const kindOf = { email: 'email.smtp', slack: 'slack.bot' } as const

/** The tenant's rules, by name. An address that is a secret is shown by its host only. */
export async function listRules(scope: TenantScope) {
  const rows = await scope.inTenant((db) =>
    db.alertRule.findMany({
      where: { tenantId: scope.tenant.id },
      include: { workflow: { select: { id: true, name: true } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    workflow: row.workflow,
    condition: conditionOf(row),
    channel: shownChannel(row),
    enabled: row.enabled,
    quietMinutes: row.quietMinutes,
    lastRaisedAt: row.lastRaisedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }))
}

/** `signingSecret` is of a webhook’s messages, and shown this once. */
export async function createRule(
  { scope, vault }: { scope: TenantScope; vault: Seals },
  rule: NewRule,
): Promise<{ id: string; signingSecret: string | null }> {
  const tenantId = scope.tenant.id
  const id = newId()
  const { data, signingSecret } = storedChannel(vault, { tenantId, id, channel: rule.channel })
  await scope.inTenant(async (db) => {
    if ((await db.alertRule.count({ where: { tenantId } })) >= MOST)
      throw new AppError('limit_reached', `A tenant has at most ${MOST} rules`)
    await refuseStrangers(db, { tenantId, workflowId: rule.workflowId, ...data })
    await db.alertRule.createMany({
      data: [{ tenantId, id, ...rowOf(rule), ...data, createdBy: scope.actor }],
    })
  })
  return { id, signingSecret }
}

/** Changes what is given. A new address gets a new signing secret. */
export async function updateRule(
  { scope, vault }: { scope: TenantScope; vault: Seals },
  { id, channel, ...rule }: Partial<NewRule> & { id: string },
): Promise<{ signingSecret: string | null }> {
  const tenantId = scope.tenant.id
  const { data, signingSecret } = channel
    ? storedChannel(vault, { tenantId, id, channel })
    : { data: {}, signingSecret: null }
  await scope.inTenant(async (db) => {
    await refuseStrangers(db, { tenantId, workflowId: rule.workflowId, ...data })
    const { count } = await db.alertRule.updateMany({
      where: { tenantId, id },
      data: { ...columnsOf(rule), ...data, updatedAt: new Date() },
    })
    if (count === 0) throw noSuchRule()
  })
  return { signingSecret }
}

/** Its alerts go with it. */
export async function removeRule(scope: TenantScope, { id }: { id: string }) {
  const { count } = await scope.inTenant((db) =>
    db.alertRule.deleteMany({ where: { tenantId: scope.tenant.id, id } }),
  )
  if (count === 0) throw noSuchRule()
}

export function noSuchRule() {
  return new AppError('not_found', 'There is no such rule')
}

export function conditionOf({ kind, settings }: { kind: string; settings: unknown }): Condition {
  return Condition.parse({ ...z.record(z.string(), z.unknown()).parse(settings), kind })
}

function rowOf({ name, workflowId, condition, enabled, quietMinutes }: NewRule) {
  const { kind, ...settings } = condition
  return { name, workflowId, kind, settings, enabled, quietMinutes }
}

/** Columns as they change; Prisma leaves alone what is undefined. */
function columnsOf({ name, workflowId, condition, enabled, quietMinutes }: Partial<NewRule>) {
  const { kind, ...settings } = condition ?? {}
  return { name, workflowId, kind, settings: condition && settings, enabled, quietMinutes }
}

function storedChannel(vault: Seals, about: { tenantId: string; id: string; channel: Channel }) {
  const { channel, ...owner } = about
  switch (channel.kind) {
    case 'email':
      return stored('email', { to: channel.to }, channel.connectionId)
    case 'slack':
      return stored('slack', { channel: channel.channel }, channel.connectionId)
    case 'slack_webhook':
    case 'webhook': {
      const posts = channel.kind === 'webhook' ? 'json' : 'slack'
      const secret = `whsec_${randomBytes(24).toString('base64url')}`
      const sealed = Buffer.from(vault.seal(owner, { url: channel.url, secret })).toString('base64')
      const target = { sealed, host: new URL(channel.url).host, posts } as const
      const signingSecret = posts === 'json' ? secret : null
      return { ...stored(posts === 'json' ? 'webhook' : 'slack', target), signingSecret }
    }
  }
  return channel satisfies never
}

function stored(channel: 'email' | 'slack' | 'webhook', target: StoredTarget, connectionId?: string) {
  return { data: { channel, target, connectionId: connectionId ?? null }, signingSecret: null }
}

function shownChannel(row: { channel: string; target: unknown; connectionId: string | null }) {
  const target = StoredTarget.parse(row.target)
  const connectionId = row.connectionId
  if ('to' in target) return { kind: 'email' as const, to: target.to, connectionId }
  if ('channel' in target) return { kind: 'slack' as const, channel: target.channel, connectionId }
  return {
    kind: target.posts === 'json' ? ('webhook' as const) : ('slack_webhook' as const),
    host: target.host,
  }
}

/** A workflow or a connection of another tenant is told like one that does not exist. */
async function refuseStrangers(
  db: TenantDb,
  about: { tenantId: string; workflowId?: string | null; channel?: string; connectionId?: string | null },
) {
  const { tenantId, workflowId, connectionId } = about
  if (workflowId && (await db.workflow.count({ where: { tenantId, id: workflowId } })) === 0)
    throw new AppError('not_found', 'There is no such workflow')
  if (!connectionId) return
  const found = await db.connection.findFirst({
    where: { tenantId, id: connectionId },
    select: { kind: true },
  })
  const wanted = about.channel === 'email' ? kindOf.email : kindOf.slack
  if (found?.kind !== wanted)
    throw new AppError('not_found', `There is no such connection of the kind ${wanted}`)
}
