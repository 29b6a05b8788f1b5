import type { AuthClient } from '#server/db/open.ts'
import { notFound } from '#server/errors.ts'
import type { SignedIn } from './who-is.ts'

export interface ListedSession {
  id: string
  current: boolean
  createdAt: Date
  ipAddress: string | null
  userAgent: string | null
}

/** Where a user is signed in, newest first; never the tokens. */
export async function listSessions(
  auth: AuthClient,
  about: { user: SignedIn; now?: Date },
): Promise<ListedSession[]> {
  const rows = await auth.session.findMany({
    where: { userId: about.user.id, expiresAt: { gt: about.now ?? new Date() } },
    select: { id: true, createdAt: true, ipAddress: true, userAgent: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...row, current: row.id === about.user.sessionId }))
}

/** Ends one of the user's sessions, at once. */
export async function revokeSession(auth: AuthClient, about: { user: SignedIn; id: string }): Promise<void> {
  const { count } = await auth.session.deleteMany({ where: { id: about.id, userId: about.user.id } })
  if (count === 0) throw notFound()
}

/** Ends all of the user's sessions but the one that asks. */
export async function revokeOtherSessions(auth: AuthClient, about: { user: SignedIn }): Promise<void> {
  await auth.session.deleteMany({ where: { userId: about.user.id, id: { not: about.user.sessionId } } })
}
