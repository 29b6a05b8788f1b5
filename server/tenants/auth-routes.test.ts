import fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { testDatabases } from '../test/databases.ts'
import { aUser } from '../test/factories.ts'
import { signedInAs, testBaseUrl } from '../test/sign-in.ts'
import { createAuth } from './auth.ts'
import { registerAuthRoutes } from './auth-routes.ts'

let app: FastifyInstance
let addresses = 0

async function server(baseUrl: string): Promise<FastifyInstance> {
  const { auth: people, secret } = await testDatabases()
  const made = fastify({ trustProxy: true })
  const auth = createAuth({ auth: people, secret, baseUrl })
  made.setErrorHandler((error, _, reply) => {
    if (!(error instanceof AppError)) throw error
    const status = {
      invalid: 400,
      signed_out: 401,
      forbidden: 403,
      not_found: 404,
      conflict: 409,
      unprocessable: 422,
      limit_reached: 429,
    }
    return reply.status(status[error.code]).send({ code: error.code, ...error.details })
  })
  registerAuthRoutes(made, { auth, people, origins: [baseUrl] })
  await made.ready()
  return made
}

beforeAll(async () => {
  app = await server(testBaseUrl)
})
afterAll(() => app.close())

// Each test is its own address, as limits are kept by address.
const address = () => `203.0.113.${++addresses}`

async function send(
  method: 'GET' | 'POST',
  path: string,
  about: { body?: object; cookie?: string; from?: string } = {},
) {
  const options: InjectOptions = { method, url: `/api/auth/${path}`, remoteAddress: about.from ?? address() }
  options.headers = { origin: testBaseUrl, ...(about.cookie ? { cookie: about.cookie } : {}) }
  if (about.body) options.payload = about.body
  const answer = await app.inject(options)
  const cookie = [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((one) => one.split(';')[0])
    .join('; ')
  return {
    status: answer.statusCode,
    body: answer.json(),
    cookie,
    setCookie: [answer.headers['set-cookie'] ?? []].flat(),
  }
}

let people = 0
function newcomer() {
  people += 1
  return { name: 'Ada Lovelace', email: `ada${people}@example.com`, password: 'correct horse battery' }
}

async function signedUp() {
  const login = newcomer()
  const answer = await send('POST', 'sign-up/email', { body: login })
  return { ...login, cookie: answer.cookie, answer }
}

const whoAmI = async (cookie: string) => (await send('GET', 'get-session', { cookie })).body.user

test('sign up, and one is signed in', async () => {
  const { answer, cookie, email } = await signedUp()
  expect(answer).toMatchObject({ status: 200, body: { user: { email, name: 'Ada Lovelace' } } })
  expect(await whoAmI(cookie)).toMatchObject({ email, isAdmin: false, locale: 'en' })
})

test('the token is in the cookie and nowhere a script can read', async () => {
  const { answer, cookie } = await signedUp()
  const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? ''
  expect(token.length).toBeGreaterThan(20)
  expect(answer.setCookie).toEqual([expect.stringMatching(/^trama_session=.*; HttpOnly; SameSite=Lax$/)])
  expect(JSON.stringify(answer.body)).not.toContain(token)
  for (const path of ['get-session', 'list-sessions']) {
    expect(JSON.stringify((await send('GET', path, { cookie })).body)).not.toContain(token)
  }
})

test('over https the cookie is bound to the host', async () => {
  const secure = await server('https://trama.example.com')
  const answer = await secure.inject({
    method: 'POST',
    url: '/api/auth/sign-up/email',
    headers: { origin: 'https://trama.example.com' },
    payload: newcomer(),
    remoteAddress: address(),
  })
  const cookie = [answer.headers['set-cookie'] ?? []].flat().join('\n')
  expect(cookie).toMatch(/^__Host-trama_session=/)
  expect(cookie).toContain('; Path=/')
  expect(cookie).toContain('; Secure')
  expect(cookie).not.toContain('Domain=')
  await secure.close()
})

test('sign in and out again: the session is over at once', async () => {
  const { email, password } = await signedUp()
  const { cookie, status } = await send('POST', 'sign-in/email', {
    body: { email: email.toUpperCase(), password },
  })
  expect(status).toBe(200)
  expect(await whoAmI(cookie)).toMatchObject({ email })
  expect((await send('POST', 'sign-out', { body: {}, cookie })).status).toBe(200)
  expect(await whoAmI(cookie)).toBeNull()
})

test('an unknown address and a wrong password get the same answer', async () => {
  const { email } = await signedUp()
  const answers = []
  for (const who of [email, 'nobody@example.com']) {
    const { status, body } = await send('POST', 'sign-in/email', {
      body: { email: who, password: 'not the password' },
    })
    answers.push({ status, code: body.code, message: body.message })
  }
  expect(answers[0]).toMatchObject({ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' })
  expect(answers[0]).toEqual(answers[1])
})

test('a new password ends every other session', async () => {
  const { email, password, cookie: first } = await signedUp()
  const { cookie: second } = await send('POST', 'sign-in/email', { body: { email, password } })
  const changed = await send('POST', 'change-password', {
    body: { currentPassword: password, newPassword: 'another long password' },
    cookie: second,
  })
  expect(changed.status).toBe(200)
  expect(await whoAmI(first)).toBeNull()
  expect(await whoAmI(changed.cookie)).toMatchObject({ email })
  expect((await send('POST', 'sign-in/email', { body: { email, password } })).status).toBe(401)
})

test('sessions are listed and ended one by one, one’s own only', async () => {
  const { email, password, cookie: first } = await signedUp()
  const { cookie: second } = await send('POST', 'sign-in/email', { body: { email, password } })
  const { body: listed } = await send('GET', 'list-sessions', { cookie: second })
  expect(listed).toEqual([
    expect.objectContaining({ current: true }),
    expect.objectContaining({ current: false }),
  ])
  const stranger = await signedInAs(await aUser())
  const body = { id: listed[1].id }
  expect((await send('POST', 'revoke-session', { body, ...stranger })).status).toBe(404)
  expect(await whoAmI(first)).toMatchObject({ email })
  expect((await send('POST', 'revoke-session', { body, cookie: second })).status).toBe(200)
  expect(await whoAmI(first)).toBeNull()
})

test('all other sessions end at one word', async () => {
  const { email, password, cookie: first } = await signedUp()
  const { cookie: second } = await send('POST', 'sign-in/email', { body: { email, password } })
  expect((await send('POST', 'revoke-other-sessions', { body: {}, cookie: second })).status).toBe(200)
  expect(await whoAmI(first)).toBeNull()
  expect(await whoAmI(second)).toMatchObject({ email })
})

test.each([
  ['short', 'PASSWORD_TOO_SHORT'],
  ['x'.repeat(129), 'PASSWORD_TOO_LONG'],
])('a password of %s is refused', async (password, code) => {
  const answer = await send('POST', 'sign-up/email', { body: { ...newcomer(), password } })
  expect(answer).toMatchObject({ status: 400, body: { code } })
})

test.each([
  'isAdmin',
  'emailVerified',
  'role',
  'id',
  'createdAt',
  'locale',
  'image',
  'callbackURL',
  '__proto__x',
])('a field called %s at sign-up is refused by name', async (field) => {
  const login = newcomer()
  const answer = await send('POST', 'sign-up/email', { body: { ...login, [field]: true } })
  expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: field }] } })
  const { auth } = await testDatabases()
  expect(await auth.user.count({ where: { email: login.email } })).toBe(0)
})

test('another origin is refused', async () => {
  for (const origin of ['https://evil.example', 'null', 'http://localhost:3001']) {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/auth/sign-up/email',
      headers: { origin },
      payload: newcomer(),
      remoteAddress: address(),
    })
    expect(answer.statusCode).toBe(403)
  }
})

test('guessing passwords from one address is stopped, for that address only', async () => {
  const { email, password } = await signedUp()
  const from = address()
  const statuses = []
  for (let tries = 0; tries < 21; tries += 1) {
    statuses.push(
      (await send('POST', 'sign-in/email', { body: { email, password: `guess ${tries}` }, from })).status,
    )
  }
  expect(statuses).toEqual([...Array(20).fill(401), 429])
  expect((await send('POST', 'sign-in/email', { body: { email, password } })).status).toBe(200)
})

test.each(['list-sessions', 'change-password', 'revoke-session', 'revoke-other-sessions'])(
  '%s needs somebody',
  async (path) => {
    const body = { currentPassword: 'x'.repeat(12), newPassword: 'y'.repeat(12) }
    const answer =
      path === 'list-sessions'
        ? await send('GET', path)
        : await send('POST', path, { body: path === 'change-password' ? body : { id: 'x' } })
    expect(answer.status).toBe(401)
  },
)

test.each([
  'update-user',
  'delete-user',
  'organization/create',
  'request-password-reset',
  'ok',
  'error',
  'change-email',
])('%s of better-auth cannot be reached', async (path) => {
  const { cookie } = await signedUp()
  const answer = await app.inject({
    method: 'POST',
    url: `/api/auth/${path}`,
    headers: { cookie },
    payload: {},
  })
  expect(answer.statusCode).toBe(404)
})
