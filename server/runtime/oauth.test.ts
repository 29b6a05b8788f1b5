import { afterAll, beforeAll, expect, test } from 'vitest'
import { connections } from '#nodes/catalog.ts'
import { defineConnection } from '#nodes/kit/define-connection.ts'
import { StepFailure } from '#nodes/kit/failure.ts'
import { z } from '#nodes/kit/index.ts'
import { testDatabases } from '../test/databases.ts'
import { type FakeOauth, fakeOauth, oauthClient } from '../test/fakes/oauth.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'
import { stepHttp } from './connection-http.ts'
import { renewNow } from './fresh-tokens.ts'
import { aConnection, aDoor } from './test-connection.ts'

let fake: FakeOauth
beforeAll(async () => {
  fake = await fakeOauth({ redirectUris: [] })
})
afterAll(() => fake.close())

const fields = { clientId: oauthClient.id, clientSecret: oauthClient.secret }
const kind = 'test.oauth'

/** A door that knows a kind of connection for the stand-in. */
async function door(grant: 'authorization_code' | 'client_credentials' = 'authorization_code') {
  const own = defineConnection({
    id: kind,
    title: 'Test',
    summary: 'Test',
    icon: 'key',
    fields: z.object({ clientId: z.string(), clientSecret: z.string() }),
    hosts: ['127.0.0.1'],
    oauth2: () => ({
      grant,
      authorizeUrl: `${fake.url}/authorize`,
      tokenUrl: `${fake.url}/token`,
      scopes: [],
    }),
    attach: ({ accessToken = '' }, request) => ({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${accessToken}` },
    }),
  })
  const base = await aDoor()
  const findConnection = (id: string) => (id === kind ? own : connections.find((one) => one.id === id))
  return { ...base, findConnection }
}

async function signedIn(tokens: Parameters<typeof aConnection>[0]['tokens']): Promise<Which> {
  // `aConnection` knows only the catalogue's kinds: written as one of them, then renamed.
  const which = await aConnection({ kind: 'google.oauth', fields, tokens })
  const { owner } = await testDatabases()
  await owner.query('UPDATE connection SET kind = $2 WHERE id = $1', [which.id, kind])
  return which
}

async function rowOf({ id }: Which) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query(
    'SELECT status, trouble, expires_at, sealed FROM connection WHERE id = $1',
    [id],
  )
  return rows[0]
}

/** A refresh token that the stand-in takes, once. */
function refreshToken(): string {
  fake.provider.state.rotates = true
  return fake.provider.grant()
}

const get = (at: ConnectionDoor, { tenantId, id }: Which) =>
  stepHttp(at, { tenantId, connection: id, kinds: [kind], signal: AbortSignal.timeout(20_000) })({
    url: `${fake.url}/me`,
  })

async function failure(work: Promise<unknown>) {
  const error = await work.then(
    () => new Error('It did not fail'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof StepFailure) return error.failure
  throw error
}

const longAgo = Date.now() - 60_000

test('twenty steps in four processes that find a token run out ask for one new one, and lose none', async () => {
  const which = await signedIn({
    accessToken: 'old-access-token',
    refreshToken: refreshToken(),
    expiresAtMs: longAgo,
  })
  const before = fake.provider.state.refreshes
  const doors = await Promise.all([door(), door(), door(), door()])
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, at) => get(doors[at % doors.length]!, which)),
  )
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  expect(fake.provider.state.refreshes - before).toBe(1)
  // Each refresh token works once: had the new one been lost, this would fail.
  fake.provider.expire()
  expect((await get(await door(), which)).status).toBe(200)
  expect(fake.provider.state.refreshes - before).toBe(2)
})

test('a token that is refused before its time is renewed once, and the request made again', async () => {
  const which = await signedIn({ accessToken: 'withdrawn', refreshToken: refreshToken() })
  expect((await get(await door(), which)).body).toEqual({ id: 'ada' })
})

test('a permission that was withdrawn: the step says so, and so does the connection from then on', async () => {
  const which = await signedIn({
    accessToken: 'old-access-token',
    refreshToken: 'none-of-theirs',
    expiresAtMs: longAgo,
  })
  const at = await door()
  const { code, message, retryable } = await failure(get(at, which))
  expect({ code, retryable }).toEqual({ code: 'connection_reconnect', retryable: false })
  expect(message).toBe(
    'The permission was withdrawn or has run out. Reconnect the connection under Connections.',
  )
  expect(await rowOf(which)).toMatchObject({
    status: 'reconnect',
    trouble: 'The permission was withdrawn or has run out.',
  })
  const asked = fake.provider.state.refreshes
  expect((await failure(get(at, which))).message).toBe(message)
  expect(fake.provider.state.refreshes).toBe(asked)
})

test('a service that is down for a moment takes nothing away', async () => {
  const which = await signedIn({
    accessToken: 'old-access-token',
    refreshToken: refreshToken(),
    expiresAtMs: longAgo,
  })
  fake.provider.state.down = 1
  const at = await door()
  expect(await failure(get(at, which))).toMatchObject({ code: 'oauth_failed', retryable: true })
  expect(await rowOf(which)).toMatchObject({ status: 'ok' })
  expect((await get(at, which)).status).toBe(200)
})

test('a client that acts for itself gets its token when it needs one', async () => {
  const which = await signedIn({ accessToken: 'none', expiresAtMs: longAgo })
  const at = await door('client_credentials')
  expect((await get(at, which)).status).toBe(200)
  await renewNow(at, which)
  expect((await get(at, which)).status).toBe(200)
})

test('a client whose secret is wrong', async () => {
  const which = await signedIn({ accessToken: 'none', expiresAtMs: longAgo })
  const at = await door('client_credentials')
  const sealed = at.vault.seal(which, {
    fields: { ...fields, clientSecret: 'CANARY-wrong' },
    tokens: null,
  })
  const { owner } = await testDatabases()
  await owner.query('UPDATE connection SET sealed = $2 WHERE id = $1', [which.id, sealed])
  const refused = await failure(get(at, which))
  expect(refused.code).toBe('connection_reconnect')
  expect(JSON.stringify(refused)).not.toContain('CANARY')
})

test('tokens lie sealed, and nowhere else', async () => {
  const which = await signedIn({
    accessToken: 'ya29.CANARY',
    refreshToken: '1//CANARY',
    expiresAtMs: Date.now() + 1e6,
  })
  const { sealed, ...rest } = await rowOf(which)
  expect(sealed.toString('latin1')).not.toContain('CANARY')
  expect(JSON.stringify(rest)).not.toContain('CANARY')
})
