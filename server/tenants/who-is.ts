import type { Auth } from './auth.ts'

export interface SignedIn {
  id: string
  name: string
  email: string
  locale: string
  isAdmin: boolean
  /** The session's id, not its token. */
  sessionId: string
}

/** Whose session a request carries; null for nobody. Asked anew for each request. */
export async function whoIs(auth: Auth, headers: Headers): Promise<SignedIn | null> {
  if (!headers.has('cookie')) return null
  const found = await auth.api.getSession({ headers })
  if (!found) return null
  const { id, name, email, locale, isAdmin } = found.user
  return { id, name, email, locale: locale ?? 'en', isAdmin: isAdmin === true, sessionId: found.session.id }
}
