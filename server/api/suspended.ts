import { effectiveLimits, suspendedError } from '#server/runtime/limits.ts'
import type { Parts } from './parts.ts'

/** In a suspended tenant everything can be looked at, and only an administrator of the installation changes anything. */
export async function refuseSuspended(
  { databases }: Pick<Parts, 'databases'>,
  { scope, user }: { scope: { tenant: { id: string } }; user?: { isAdmin: boolean } },
): Promise<void> {
  if (user?.isAdmin) return
  const { suspended } = await effectiveLimits(databases.engine, scope.tenant.id)
  if (suspended) throw suspendedError(suspended.why)
}
