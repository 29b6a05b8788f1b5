import { Prisma } from '#server/db/generated/client.ts'
import { newId } from '#server/db/id.ts'
import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import { can, type Permission, type Role } from '#server/tenants/policy.ts'
import { hashKey, newKey, prefixOf } from './key.ts'

export const keysLimit = 100

/** Makes a key; the answer is the only time it is seen. It can do no more than whoever makes it. */
export async function createApiKey(
  app: AppClient,
  about: {
    tenantId: string
    maker: { userId: string; role: Role }
    name: string
    scopes: readonly Permission[]
    expiresAt?: Date
    now?: Date
    /** For the key that an operator gives at the first start. */
    key?: string
  },
): Promise<{ id: string; key: string }> {
  const beyond = about.scopes.filter((scope) => !can(about.maker.role, scope))
  if (beyond.length > 0) {
    throw new AppError('forbidden', `Your role does not have what the key would: ${beyond.join(', ')}`)
  }
  if (about.expiresAt && about.expiresAt <= (about.now ?? new Date())) {
    throw new AppError('invalid', 'The key would have expired already', {
      issues: [{ path: 'expiresAt', message: 'Must be in the future' }],
    })
  }
  const key = about.key ?? newKey()
  const id = newId()
  const { tenantId } = about
  await inTenant(app, tenantId, async (db) => {
    if ((await db.apiKey.count({ where: { revokedAt: null } })) >= keysLimit) {
      throw new AppError('limit_reached', `A tenant can have at most ${keysLimit} keys`)
    }
    const { count } = await db.apiKey.createMany({
      data: [
        {
          tenantId,
          id,
          name: about.name,
          prefix: prefixOf(key),
          hash: new Uint8Array(hashKey(key)),
          scopes: [...new Set(about.scopes)],
          createdBy: about.maker.userId,
          expiresAt: about.expiresAt,
        },
      ],
    })
    return count
  }).catch((error: unknown) => {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    throw new AppError('conflict', `There is a key called ${about.name}`)
  })
  return { id, key }
}
