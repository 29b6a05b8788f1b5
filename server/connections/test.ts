import { StepFailure } from '#nodes/kit/failure.ts'
import { AppError } from '#server/errors.ts'
import type { ConnectionDoor } from '#server/runtime/connection-door.ts'
import { tryConnection } from '#server/runtime/try-connection.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchConnection } from './update.ts'

export type Tested = { ok: true; account: string | null } | { ok: false; code: string; message: string }

/** Asks the other side whether a connection works, and whose account it is. */
export async function testConnection(
  { scope, door }: { scope: TenantScope; door: ConnectionDoor },
  { id }: { id: string },
): Promise<Tested> {
  const tenantId = scope.tenant.id
  const row = await scope.inTenant((db) =>
    db.connection.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { kind: true } }),
  )
  if (!row) throw noSuchConnection()
  if (!door.findConnection(row.kind)?.test)
    throw new AppError('invalid', 'A connection of this kind cannot be tried by itself; run a step with it')
  try {
    return { ok: true, account: await tryConnection(door, { tenantId, id }) }
  } catch (error) {
    if (error instanceof StepFailure)
      return { ok: false, code: error.failure.code, message: error.failure.message }
    throw error
  }
}
