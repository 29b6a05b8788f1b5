import type { AuthClient } from '#server/db/open.ts'
import { AppError } from '#server/errors.ts'

type Transaction = Parameters<Parameters<AuthClient['$transaction']>[0]>[0]

/** Does what may take an owner away from a tenant; such changes of one tenant take turns. */
export function changingOwners<T>(
  auth: AuthClient,
  tenantId: string,
  work: (db: Transaction) => Promise<T>,
): Promise<T> {
  return auth.$transaction(async (db) => {
    // The same lock as the trigger keep_an_owner, which is the net below this.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('trama.owners'), hashtext(${tenantId}))`
    return work(db)
  })
}

/** Refuses when this member is the only owner. */
export async function refuseLastOwner(
  db: Transaction,
  about: { tenantId: string; memberId: string },
): Promise<void> {
  const others = await db.member.count({
    where: { organizationId: about.tenantId, role: 'owner', id: { not: about.memberId } },
  })
  if (others === 0) throw new AppError('conflict', 'A tenant needs an owner: make somebody else one first')
}
