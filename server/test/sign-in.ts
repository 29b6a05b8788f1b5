import { makeSignature } from 'better-auth/crypto'
import { createAuth } from '../tenants/auth.ts'
import { testDatabases } from './databases.ts'

/** Where the server of a test says it is. */
export const testBaseUrl = 'http://localhost:3000'

/** better-auth on this file's database, as the server would make it. */
export async function testAuth() {
  const { auth, secret } = await testDatabases()
  return createAuth({ auth, secret, baseUrl: testBaseUrl })
}

/** A request's headers in a session of this user, who needs no password for it. */
export async function signedInAs(user: { id: string }): Promise<{ cookie: string }> {
  const auth = await testAuth()
  const context = await auth.$context
  const session = await context.internalAdapter.createSession(user.id)
  const { name } = context.authCookies.sessionToken
  const signed = `${session.token}.${await makeSignature(session.token, context.secret)}`
  return { cookie: `${name}=${encodeURIComponent(signed)}` }
}
