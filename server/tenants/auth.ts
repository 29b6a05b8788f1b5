import { createHmac } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { shortId } from '#server/db/id.ts'
import type { AuthClient } from '#server/db/open.ts'

export const passwordLength = { min: 10, max: 128 } as const

/** The header our own Fastify routes name the caller's address in; what a caller sends under it is dropped. */
export const addressHeader = 'x-trama-address'

const day = 24 * 60 * 60

/**
 * Sign-up, sign-in and sessions. Tenants, members and invitations are our own verbs beside this file: better-auth's
 * organization plugin would add routes and roles that our policy does not know.
 */
export function createAuth(about: { auth: AuthClient; secret: string; baseUrl: string; origins?: string[] }) {
  const https = about.baseUrl.startsWith('https://')
  // `__Host-` binds a cookie to this very host; browsers take it over https only.
  const cookie = (name: string) => ({ name: https ? `__Host-trama_${name}` : `trama_${name}` })
  return betterAuth({
    appName: 'Trama',
    baseURL: about.baseUrl,
    basePath: '/api/auth',
    trustedOrigins: about.origins ?? [about.baseUrl],
    secret: createHmac('sha256', about.secret).update('better-auth').digest('hex'),
    database: prismaAdapter(about.auth, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    user: {
      additionalFields: {
        isAdmin: { type: 'boolean', input: false, defaultValue: false },
        locale: { type: 'string', input: false, defaultValue: 'en' },
      },
    },
    session: {
      expiresIn: 30 * day,
      // Not cached in a cookie: a session that is revoked is over at the next request.
      cookieCache: { enabled: false },
      disableSessionRefresh: true,
    },
    // Per address. In memory: each web process counts for itself.
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/sign-up/email': { window: 60, max: 20 },
        '/change-password': { window: 60, max: 10 },
      },
    },
    advanced: {
      // The names above carry the prefix and these attributes say secure; better-auth's own prefix is __Secure-.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: https, httpOnly: true, sameSite: 'lax', path: '/' },
      cookies: { session_token: cookie('session'), dont_remember: cookie('brief') },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => shortId() },
    },
    logger: { level: 'error' },
  })
}

export type Auth = ReturnType<typeof createAuth>
