/** Why signing in or up did not work, in the words the messages know (`shell.auth.<code>`). */
export type AuthTrouble =
  | 'wrong_login'
  | 'email_taken'
  | 'invalid_email'
  | 'password_short'
  | 'password_long'
  | 'wrong_password'
  | 'too_many'
  | 'closed'
  | 'offline'
  | 'unexpected'

const troubles: Record<string, AuthTrouble> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong_login',
  USER_NOT_FOUND: 'wrong_login',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'wrong_login',
  USER_ALREADY_EXISTS: 'email_taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email_taken',
  INVALID_EMAIL: 'invalid_email',
  PASSWORD_TOO_SHORT: 'password_short',
  PASSWORD_TOO_LONG: 'password_long',
  INVALID_PASSWORD: 'wrong_password',
  EMAIL_PASSWORD_SIGN_UP_DISABLED: 'closed',
}

/** As `server/tenants/auth.ts` has it; a test compares the two, for neither side may import the other. */
export const passwordLength = { min: 10, max: 128 } as const

async function post(path: string, body: Record<string, unknown>): Promise<AuthTrouble | null> {
  let answer: Response
  try {
    answer = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    return 'offline'
  }
  if (answer.ok) return null
  if (answer.status === 429) return 'too_many'
  const refusal: unknown = await answer.json().catch(() => null)
  const code = typeof refusal === 'object' && refusal !== null && 'code' in refusal ? refusal.code : null
  return (typeof code === 'string' ? troubles[code] : undefined) ?? 'unexpected'
}

export const signIn = (about: { email: string; password: string }) => post('sign-in/email', about)

export const signUp = (about: { name: string; email: string; password: string }) =>
  post('sign-up/email', about)

export const signOut = () => post('sign-out', {})

/** Also signs out every other device. */
export const changePassword = (about: { currentPassword: string; newPassword: string }) =>
  post('change-password', { ...about, revokeOtherSessions: true })
