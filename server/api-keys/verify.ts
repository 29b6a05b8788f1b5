import { z } from 'zod'
import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'
import { AppError, notFound } from '#server/errors.ts'
import { Role } from '#server/tenants/policy.ts'
import { hashKey, keyForm } from './key.ts'

export interface KeyHolder {
  id: string
  tenant: { id: string; slug: string }
  scopes: string[]
  /** The user who made the key, and their role now: the key can do no more than they. */
  maker: string
  role: Role
}

export interface ApiKeys {
  /** Whose key this is. Throws `signed_out` for one that is unknown, revoked, expired, or whose maker left. */
  verify(key: string): Promise<KeyHolder>
  revoke(about: { tenantId: string; id: string }): Promise<void>
  /** To be called when roles change, so that this process sees it at once. */
  forget(): void
}

interface Remembered {
  holder: KeyHolder
  until: number
}

const Row = z.object({
  tenant_id: z.string(),
  slug: z.string(),
  id: z.string(),
  scopes: z.array(z.string()),
  maker: z.string(),
  role: Role,
  expires_at: z.date().nullable(),
})

const capacity = 5_000

/**
 * Checks keys by their hash with one indexed query, and remembers good ones for a short while: a key that another
 * process revoked works here for `rememberMs` at most.
 */
export function createApiKeys(
  app: AppClient,
  { rememberMs = 15_000, now = Date.now }: { rememberMs?: number; now?: () => number } = {},
): ApiKeys {
  const remembered = new Map<string, Remembered>()
  // An answer that was asked for before a change must not be remembered after it.
  let changes = 0
  const forget = () => {
    changes += 1
    remembered.clear()
  }

  async function look(hash: Buffer): Promise<KeyHolder> {
    const name = hash.toString('base64')
    const known = remembered.get(name)
    if (known && known.until > now()) return known.holder
    remembered.delete(name)
    const before = changes
    const found = await resolve(app, hash)
    const until = Math.min(now() + rememberMs, found.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY)
    if (before === changes) {
      if (remembered.size >= capacity) remembered.clear()
      remembered.set(name, { holder: found.holder, until })
    }
    await touch(app, found.holder)
    return found.holder
  }

  return {
    verify: async (key) => {
      if (!keyForm.test(key)) throw unknownKey()
      return look(hashKey(key))
    },
    revoke: async ({ tenantId, id }) => {
      const { count } = await inTenant(app, tenantId, (db) =>
        db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(now()) } }),
      )
      forget()
      if (count === 0) throw notFound()
    },
    forget,
  }
}

async function resolve(app: AppClient, hash: Buffer) {
  const rows = await app.$queryRaw`SELECT * FROM resolve_api_key(${new Uint8Array(hash)})`
  const [row] = z.array(Row).parse(rows)
  if (!row) throw unknownKey()
  const tenant = { id: row.tenant_id, slug: row.slug }
  const holder: KeyHolder = { id: row.id, tenant, scopes: row.scopes, maker: row.maker, role: row.role }
  return { holder, expiresAt: row.expires_at }
}

/** When it was last used, to the minute: not worth a write for each request. */
async function touch(app: AppClient, { id, tenant }: KeyHolder): Promise<void> {
  await inTenant(
    app,
    tenant.id,
    (db) => db.$executeRaw`
      UPDATE api_key SET last_used_at = now()
      WHERE id = ${id}::uuid AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
  )
}

// One answer for every reason, so that it tells nothing about a key.
function unknownKey(): AppError {
  return new AppError('signed_out', 'The API key is not valid')
}
