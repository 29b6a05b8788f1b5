import { beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#server/api/app.ts'
import { createContext } from '#server/api/context.ts'
import type { Parts } from '#server/api/parts.ts'
import { createCaller } from '#server/api/router.ts'
import { callAs, refusalOf, testApp, testParts } from '#server/api/test-app.ts'
import { createEgress } from '#server/egress/client.ts'
import { forgetLimits } from '#server/runtime/limits.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import { type FakeGoogle, fakeGoogle, googleHosts } from '#server/test/fakes/google.ts'
import { oauthClient } from '#server/test/fakes/oauth.ts'
import { signedInAs, testBaseUrl } from '#server/test/sign-in.ts'

let google: FakeGoogle
let parts: Parts & { logged: string[] }
let app: App
let admin: TestMember
beforeAll(async () => {
  google = await fakeGoogle({ redirectUris: [`${testBaseUrl}/api/oauth/callback`] })
  const egress = createEgress({
    allow: ['127.0.0.1'],
    services: googleHosts.map((host) => ({ host, origin: google.url })),
  })
  parts = await testParts({ egress, roles: { worker: false, scheduler: false } })
  app = await testApp(parts)
  admin = await aTenant()
  return async () => {
    await egress.close()
    await google.close()
  }
})

const fields = { clientId: oauthClient.id, clientSecret: oauthClient.secret }

/** One browser: its session, the procedures, and the way back. */
async function aBrowser(member: TestMember) {
  const { cookie } = await signedInAs(member.user)
  const headers = new Headers({ cookie })
  const call = createCaller(createContext({ parts, requestId: 'test', headers, slug: member.tenant.slug }))
  const back = (address: string) => {
    const { pathname, search } = new URL(address)
    return app.server.inject({ url: pathname + search, headers: { cookie } })
  }
  return { call, back }
}

/** What the service sends a person back to who agreed, or did not. */
async function agreed(url: string | null): Promise<string> {
  if (url === null) throw new Error('There is nowhere to sign in')
  const { pathname, search } = new URL(url)
  const answer = await fetch(google.url + pathname + search, { redirect: 'manual' })
  return answer.headers.get('location') ?? ''
}

let count = 0
const made = async (member: TestMember) => {
  count += 1
  const call = await callAs(member, { parts })
  return call.connections.create({ name: `Google ${count}`, kind: 'google.oauth', fields })
}

const rowOf = async (member: TestMember, id: string) =>
  (await (await callAs(member, { parts })).connections.list()).find((row) => row.id === id)

test('a person signs in at the service and comes back connected', async () => {
  const { call, back } = await aBrowser(admin)
  const { id } = await made(admin)
  expect(await rowOf(admin, id)).toMatchObject({
    status: 'reconnect',
    trouble: null,
    hosts: ['gmail.googleapis.com', 'sheets.googleapis.com', 'openidconnect.googleapis.com'],
  })
  expect(await call.connections.test({ id })).toMatchObject({ ok: false, code: 'connection_reconnect' })
  const { url } = await call.connections.oauthStart({ id })
  const query = new URL(url ?? '').searchParams
  expect(Object.fromEntries(query)).toMatchObject({
    client_id: oauthClient.id,
    redirect_uri: `${testBaseUrl}/api/oauth/callback`,
    response_type: 'code',
    code_challenge_method: 'S256',
    access_type: 'offline',
  })
  expect(url).not.toContain(oauthClient.secret)
  const answer = await back(await agreed(url))
  expect([answer.statusCode, answer.headers.location]).toEqual([
    303,
    `/${admin.tenant.slug}/connections?connected=${id}`,
  ])
  expect(await rowOf(admin, id)).toMatchObject({ status: 'ok', account: 'shop@example.com' })
  expect(await call.connections.test({ id })).toEqual({ ok: true, account: 'shop@example.com' })
  const shown = JSON.stringify([await rowOf(admin, id), parts.logged])
  for (const secret of [oauthClient.secret, 'ya29.', '1//']) expect(shown).not.toContain(secret)
})

test('nobody is connected once their tenant is suspended', async () => {
  const member = await aTenant()
  const { call, back } = await aBrowser(member)
  const { id } = await made(member)
  const address = await agreed((await call.connections.oauthStart({ id })).url)
  const databases = await testDatabases()
  await databases.owner.query('INSERT INTO tenant_limit (tenant_id, suspended_at) VALUES ($1, now())', [
    member.tenant.id,
  ])
  forgetLimits(databases.engine)
  expect((await back(address)).statusCode).toBe(400)
  expect(await rowOf(member, id)).toMatchObject({ status: 'reconnect' })
})

test('new fields are a new client: somebody has to sign in again', async () => {
  const { call, back } = await aBrowser(admin)
  const { id } = await made(admin)
  await back(await agreed((await call.connections.oauthStart({ id })).url))
  await call.connections.update({ id, fields })
  expect(await rowOf(admin, id)).toMatchObject({ status: 'reconnect', account: null })
})

describe('a state that is not theirs, or not any more (AU-09)', () => {
  async function begun() {
    const { call, back } = await aBrowser(admin)
    const { id } = await made(admin)
    return { id, back, address: await agreed((await call.connections.oauthStart({ id })).url) }
  }
  const refused = async (answer: Promise<{ statusCode: number; body: string }>, status = 400) => {
    const { statusCode, body } = await answer
    expect(statusCode).toBe(status)
    expect(body).toContain('Back to Trama')
  }

  test.each<[string, (state: string) => string]>([
    ['missing', () => ''],
    ['made up', (state) => state.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['of another tenant', (state) => `other.${state.split('.')[1]}`],
    ['with markup', () => '<script>alert(1)</script>'],
  ])('%s', async (_, change) => {
    const { id, back, address } = await begun()
    const url = new URL(address)
    url.searchParams.set('state', change(url.searchParams.get('state') ?? ''))
    await refused(back(url.href))
    expect((await back(url.href)).body).not.toContain('alert(1)')
    expect(await rowOf(admin, id)).toMatchObject({ status: 'reconnect' })
  })

  test('used', async () => {
    const { back, address } = await begun()
    expect((await back(address)).statusCode).toBe(303)
    await refused(back(address))
  })

  test('too old', async () => {
    const { back, address } = await begun()
    const { owner } = await testDatabases()
    await owner.query(`UPDATE oauth_state SET expires_at = now() - interval '1 second'`)
    await refused(back(address))
  })

  test('of another session, of another person, of nobody', async () => {
    const { id, back, address } = await begun()
    const same = await aBrowser(admin)
    await refused(same.back(address))
    const other = await aBrowser(await aMember({ tenant: admin.tenant, role: 'admin' }))
    await refused(other.back(address))
    const { pathname, search } = new URL(address)
    await refused(app.server.inject({ url: pathname + search }), 401)
    expect(await rowOf(admin, id)).toMatchObject({ status: 'reconnect' })
    // None of them spent it.
    expect((await back(address)).statusCode).toBe(303)
  })

  test('of a client that was changed meanwhile', async () => {
    const { id, back, address } = await begun()
    const { call } = await aBrowser(admin)
    await call.connections.update({ id, fields: { ...fields, clientId: 'another-client-5678' } })
    await refused(back(address))
  })

  test('by somebody whose role was taken away', async () => {
    const member = await aMember({ tenant: admin.tenant, role: 'admin' })
    const { call, back } = await aBrowser(member)
    const { id } = await made(admin)
    const address = await agreed((await call.connections.oauthStart({ id })).url)
    const { owner } = await testDatabases()
    await owner.query(`UPDATE member SET role = 'editor' WHERE id = $1`, [member.member.id])
    await refused(back(address))
  })
})

test('a person who does not agree, and a code that does not hold', async () => {
  const { call, back } = await aBrowser(admin)
  const { id } = await made(admin)
  google.provider.state.consents = false
  const denied = await back(await agreed((await call.connections.oauthStart({ id })).url))
  google.provider.state.consents = true
  expect(denied.headers.location).toBe(`/${admin.tenant.slug}/connections?denied=${id}`)
  const address = new URL(await agreed((await call.connections.oauthStart({ id })).url))
  address.searchParams.set('code', 'CANARY-stolen')
  const failed = await back(address.href)
  expect(failed.headers.location).toBe(`/${admin.tenant.slug}/connections?failed=${id}`)
  expect(parts.logged.join()).not.toContain('CANARY')
})

test('a connection without somebody to sign in is told so', async () => {
  const call = await callAs(admin, { parts })
  const { id } = await call.connections.create({
    ...{ name: 'Plain', kind: 'http.bearer', hosts: ['example.com'], fields: { token: 'x' } },
  })
  expect(await refusalOf(call.connections.oauthStart({ id }))).toMatchObject({ status: 400, code: 'invalid' })
  const unnamed = call.connections.create({ name: 'No host', kind: 'http.bearer', fields: { token: 'x' } })
  expect(await refusalOf(unnamed)).toMatchObject({ issues: [{ path: 'hosts' }] })
})
