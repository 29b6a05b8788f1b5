import type { ConnectionLimits } from '#nodes/kit/reliability.ts'
import { Prisma } from '#server/db/generated/client.ts'
import { refuseDouble } from '#server/db/unique.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { kindOf } from './kinds.ts'
import { storedFor } from './stored.ts'
import type { Vault } from './vault.ts'

export function noSuchConnection() {
  return new AppError('not_found', 'There is no such connection')
}

interface Change {
  id: string
  name?: string
  hosts?: string[]
  fields?: unknown
  limits?: ConnectionLimits
}

/**
 * Changes what is given. New hosts want the secret again: whoever may edit a connection but does not know its
 * secret must not be able to point it at a host of their own.
 */
export async function updateConnection(
  { scope, vault }: { scope: TenantScope; vault: Vault },
  { id, name, hosts, fields, limits }: Change,
) {
  const tenantId = scope.tenant.id
  await refuseDouble(
    () =>
      scope.inTenant(async (db) => {
        const current = await db.connection.findUnique({ where: { tenantId_id: { tenantId, id } } })
        if (!current) throw noSuchConnection()
        const fixed = kindOf(current.kind).hosts !== undefined
        const added = fixed ? [] : (hosts?.filter((host) => !current.hosts.includes(host)) ?? [])
        if (added.length > 0 && fields === undefined) throw secretWanted()
        await db.connection.updateMany({
          where: { tenantId, id },
          data: {
            ...(name === undefined ? {} : { name }),
            ...(hosts === undefined || fixed ? {} : { hosts }),
            ...(limits === undefined ? {} : { limits: isEmpty(limits) ? Prisma.DbNull : limits }),
            ...(fields === undefined ? {} : replaced(vault, { tenantId, id, kind: current.kind, fields })),
            updatedAt: new Date(),
          },
        })
      }),
    `There is already a connection called ${name}`,
  )
}

const isEmpty = (limits: ConnectionLimits) => Object.values(limits).every((one) => one === undefined)

/** New fields are a new credential: whose account it was, and what was signed in to, does not hold any more. */
function replaced(vault: Vault, about: { tenantId: string; id: string; kind: string; fields: unknown }) {
  const { contents, hosts, status } = storedFor(about.kind, about.fields)
  return {
    ...{ status, trouble: null, account: null, expiresAt: null },
    ...(hosts ? { hosts } : {}),
    sealed: new Uint8Array(vault.seal(about, contents)),
  }
}

function secretWanted() {
  const message = 'To send this credential to another host, enter its secret again'
  return new AppError('invalid', message, { issues: [{ path: 'fields', message }] })
}
