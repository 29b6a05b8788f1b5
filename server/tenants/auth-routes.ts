import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { issuesOf } from '#server/db/issues.ts'
import type { AuthClient } from '#server/db/open.ts'
import { line, ShortId } from '#server/db/plain-text.ts'
import { AppError } from '#server/errors.ts'
import { type Auth, addressHeader, passwordLength } from './auth.ts'
import { listSessions, revokeOtherSessions, revokeSession } from './sessions.ts'
import { type SignedIn, whoIs } from './who-is.ts'

const Email = z.email().max(254)
const Password = z.string().max(passwordLength.max)
const Nothing = z.strictObject({})

// The only endpoints of better-auth that can be reached, and exactly what each takes.
const forwarded = {
  '/sign-up/email': z.strictObject({
    name: line(100),
    email: Email,
    password: z.string(),
  }),
  '/sign-in/email': z.strictObject({
    email: Email,
    password: z.string(),
    rememberMe: z.boolean().optional(),
  }),
  '/sign-out': Nothing,
  '/change-password': z
    .strictObject({
      currentPassword: Password,
      newPassword: z.string(),
      revokeOtherSessions: z.literal(true).optional(),
    })
    // Whoever changes a password may do it because somebody else knows it.
    .transform((body) => ({ ...body, revokeOtherSessions: true })),
} as const satisfies Record<string, z.ZodType>

const headersPassedOn = [
  'cookie',
  'origin',
  'referer',
  'user-agent',
  'sec-fetch-site',
  'sec-fetch-mode',
] as const

// They check for themselves who calls: better-auth does, or `signedIn` below.
const config = { policy: 'own' } as const

export interface AuthParts {
  auth: Auth
  people: AuthClient
  /** Whose pages may ask: BASE_URL's origin. */
  origins: string[]
  /** Hears who signed in or out, or tried to, once it is done. */
  told?(event: SessionEvent, request: FastifyRequest): Promise<void>
}

export type SessionEvent =
  | { kind: 'sign_in' | 'sign_out' | 'change_password'; userId: string }
  | { kind: 'sign_in_failed'; email: string }

/** The routes of signing up, in and out, and of one's sessions, under /api/auth. */
export function registerAuthRoutes(app: FastifyInstance, parts: AuthParts): void {
  for (const [path, body] of Object.entries(forwarded)) {
    app.post(`/api/auth${path}`, { config }, async (request, reply) => {
      refuseForeignOrigin(request, parts.origins)
      return forward({ parts, path, body: parse(body, request.body), request, reply })
    })
  }
  app.get('/api/auth/get-session', { config }, async (request, reply) => {
    const user = await whoIs(parts.auth, headersOf(request))
    return reply.header('cache-control', 'no-store').send({ user: user && publicUser(user) })
  })
  registerSessionRoutes(app, parts)
}

function registerSessionRoutes(app: FastifyInstance, parts: AuthParts): void {
  const signedIn = async (request: FastifyRequest): Promise<SignedIn> => {
    const user = await whoIs(parts.auth, headersOf(request))
    if (!user) throw new AppError('signed_out', 'Sign in first')
    return user
  }
  app.get('/api/auth/list-sessions', { config }, async (request, reply) => {
    const user = await signedIn(request)
    return reply.header('cache-control', 'no-store').send(await listSessions(parts.people, { user }))
  })
  app.post('/api/auth/revoke-session', { config }, async (request) => {
    refuseForeignOrigin(request, parts.origins)
    const user = await signedIn(request)
    const { id } = parse(z.strictObject({ id: ShortId }), request.body)
    await revokeSession(parts.people, { user, id })
    return {}
  })
  app.post('/api/auth/revoke-other-sessions', { config }, async (request) => {
    refuseForeignOrigin(request, parts.origins)
    const user = await signedIn(request)
    parse(Nothing, request.body ?? {})
    await revokeOtherSessions(parts.people, { user })
    return {}
  })
}

async function forward(about: {
  parts: AuthParts
  path: string
  body: unknown
  request: FastifyRequest
  reply: FastifyReply
}): Promise<FastifyReply> {
  const { parts, request, reply } = about
  const headers = headersOf(request)
  headers.set('content-type', 'application/json')
  const url = new URL(`/api/auth${about.path}`, parts.auth.options.baseURL)
  // Who signs out is nobody afterwards.
  const before = about.path === '/sign-out' ? await whoIs(parts.auth, headers) : null
  const answer = await parts.auth.handler(
    new Request(url, { method: 'POST', headers, body: JSON.stringify(about.body) }),
  )
  // Each cookie is a header of its own: joined with commas they could not be told apart again.
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  reply.header('cache-control', 'no-store').status(answer.status)
  const given: unknown = await answer.json().catch(() => null)
  const event = eventOf(about, { answer, given, before })
  if (event) await parts.told?.(event, request)
  return reply.send(answer.ok ? allowedAnswer(given) : refusal(answer.status, given, request.id))
}

function eventOf(
  { path, body }: { path: string; body: unknown },
  { answer, given, before }: { answer: Response; given: unknown; before: SignedIn | null },
): SessionEvent | null {
  const user = WithUser.safeParse(given)
  if (path === '/sign-out') return before && { kind: 'sign_out', userId: before.id }
  if (path === '/sign-in/email' && answer.status === 401)
    return { kind: 'sign_in_failed', email: z.object({ email: Email }).parse(body).email.toLowerCase() }
  if (!answer.ok || !user.success) return null
  if (path === '/sign-in/email') return { kind: 'sign_in', userId: user.data.user.id }
  return path === '/change-password' ? { kind: 'change_password', userId: user.data.user.id } : null
}

const User = z.object({ id: z.string(), name: z.string(), email: z.string() })
const WithUser = z.object({ user: User })
const Refusal = z.object({ code: z.string(), message: z.string() })

/** Never the session's token: it is in the cookie, where no script can read it. */
function allowedAnswer(given: unknown): { user?: z.infer<typeof User> } {
  const parsed = WithUser.safeParse(given)
  return parsed.success ? parsed.data : {}
}

function refusal(status: number, given: unknown, requestId: string) {
  const parsed = Refusal.safeParse(given)
  if (parsed.success) return { ...parsed.data, requestId }
  return status === 429
    ? { code: 'limit_reached', message: 'Too many tries: wait a minute', requestId }
    : { code: 'invalid', message: 'That did not work', requestId }
}

function publicUser({ id, name, email, locale, isAdmin }: SignedIn) {
  return { id, name, email, locale, isAdmin }
}

/** What better-auth may know of a request. The address is Fastify's finding, never a header of the caller. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({ [addressHeader]: request.ip })
  for (const name of headersPassedOn) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return headers
}

function refuseForeignOrigin(request: FastifyRequest, origins: string[]): void {
  const { origin } = request.headers
  if (origin !== undefined && !origins.includes(origin)) {
    throw new AppError('forbidden', `This address cannot be used from ${origin}`)
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new AppError('invalid', 'The body is not what this address takes', { issues: issuesOf(parsed.error) })
}
