import { beforeAll, describe, expect, test } from 'vitest'
import { connections } from '#nodes/catalog.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import type { Parts } from '../parts.ts'
import { callAs, drawing, refusalOf, testParts } from '../test-app.ts'

let parts: Parts & { logged: string[] }
let owner: TestMember
let api: Awaited<ReturnType<typeof callAs>>
beforeAll(async () => {
  parts = await testParts({ roles: { worker: false, scheduler: false } })
  owner = await aTenant()
  api = await callAs(owner, { parts })
})

let count = 0
const bearer = (token = 'CANARY-token') => ({
  name: `Shop ${++count}`,
  kind: 'http.bearer',
  hosts: ['API.example.com'],
  fields: { token },
})

async function stored(id: string) {
  const { owner: sql } = await testDatabases()
  const { rows } = await sql.query('select * from connection where id = $1', [id])
  return rows[0]
}

const opened = async (id: string) =>
  parts.vault.open({ tenantId: owner.tenant.id, id }, (await stored(id)).sealed)

test('every kind has its fields as a schema, secrets marked', async () => {
  const kinds = await api.connections.kinds()
  expect(kinds.map(({ id }) => id)).toEqual(connections.map(({ id }) => id))
  expect(kinds.find(({ id }) => id === 'http.bearer')?.fields).toMatchObject({
    type: 'object',
    properties: { token: { secret: true } },
  })
})

test('limits of its own stand in place of its kind’s, and go again', async () => {
  const other = await aTenant()
  const own = await callAs(other, { parts })
  const { id } = await own.connections.create(bearer())
  const limits = { rate: { calls: 5, perMs: 1_000 }, breaker: { failures: 3, pauseMs: 10_000 } }
  await own.connections.update({ id, limits })
  expect(await own.connections.list()).toMatchObject([{ limits }])
  // What is not mentioned stays.
  await own.connections.update({ id, name: 'Renamed' })
  expect(await own.connections.list()).toMatchObject([{ name: 'Renamed', limits }])
  await own.connections.update({ id, limits: {} })
  expect((await own.connections.list())[0]?.limits).toEqual({})
  const wrong = own.connections.update({ id, limits: { rate: { calls: 0, perMs: 1 } } })
  expect(await refusalOf(wrong)).toMatchObject({ code: 'invalid' })
})

test('a secret goes in, is sealed to its tenant and id, and is in no answer', async () => {
  const given = bearer()
  const { id } = await api.connections.create(given)
  const listed = await api.connections.list()
  expect(listed).toEqual([
    {
      id,
      name: given.name,
      kind: 'http.bearer',
      hosts: ['api.example.com'],
      ...{ status: 'ok', trouble: null, account: null, limits: {} },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    },
  ])
  expect(JSON.stringify([listed, await stored(id)])).not.toContain('CANARY')
  expect(await opened(id)).toEqual({ token: 'CANARY-token' })
  const stranger = await aTenant()
  const { sealed } = await stored(id)
  expect(() => parts.vault.open({ tenantId: stranger.tenant.id, id }, sealed)).toThrow('cannot be read')
})

describe('what is not taken', () => {
  test.each<[string, object, string]>([
    ['an unknown kind', { kind: 'http.magic' }, 'http.magic'],
    ['a missing field', { fields: {} }, 'fields.token'],
    ['an unknown field', { fields: { token: 'CANARY', url: 'x' } }, 'fields.url'],
    ['a value with a line break', { fields: { token: 'CANARY\r\nX-Evil: 1' } }, 'fields.token'],
    ['no host', { hosts: [] }, 'hosts'],
    ['a host that is none', { hosts: ['https://example.com/x'] }, 'hosts'],
    ['an unknown key', { tenantId: 'other' }, 'tenantId'],
  ])('%s, and the answer never repeats the secret', async (_, change, named) => {
    const refusal = await refusalOf(api.connections.create({ ...bearer('CANARY'), ...change }))
    expect(refusal).toMatchObject({ status: 400, code: 'invalid' })
    expect(JSON.stringify(refusal)).toContain(named)
    expect(JSON.stringify(refusal)).not.toContain('CANARY')
  })

  test('a name twice', async () => {
    const given = bearer()
    await api.connections.create(given)
    expect(await refusalOf(api.connections.create(given))).toMatchObject({ code: 'conflict' })
  })
})

describe('changing one', () => {
  test('the name and fewer hosts, without the secret', async () => {
    const { id } = await api.connections.create({ ...bearer(), hosts: ['a.example.com', 'b.example.com'] })
    await api.connections.update({ id, name: 'Renamed', hosts: ['b.example.com'] })
    expect((await api.connections.list()).find((one) => one.id === id)).toMatchObject({
      name: 'Renamed',
      hosts: ['b.example.com'],
    })
    expect(await opened(id)).toEqual({ token: 'CANARY-token' })
  })

  test('another host only with the secret: nobody points it at themselves who does not know it', async () => {
    const { id } = await api.connections.create(bearer())
    const move = { id, hosts: ['evil.example'] }
    expect(await refusalOf(api.connections.update(move))).toMatchObject({
      code: 'invalid',
      issues: [{ path: 'fields' }],
    })
    expect((await stored(id)).hosts).toEqual(['api.example.com'])
    await api.connections.update({ ...move, fields: { token: 'new' } })
    expect(await opened(id)).toEqual({ token: 'new' })
  })
})

test('one that a published workflow uses stays, and the workflow is named', async () => {
  const { id } = await api.connections.create(bearer())
  const document = drawing({
    nodes: [
      { key: 'start', type: 'trigger.manual' },
      { key: 'call', type: 'http.request', params: { url: 'https://api.example.com' }, connection: id },
    ],
    wires: ['start -> call'],
  })
  const workflow = await api.workflows.create({ name: 'Caller', document })
  await api.workflows.publish({ id: workflow.id, revision: 1 })
  expect(await refusalOf(api.connections.remove({ id }))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Caller'),
    details: { workflows: [{ id: workflow.id, name: 'Caller' }] },
  })
  await api.workflows.unpublish({ id: workflow.id })
  await api.connections.remove({ id })
  expect(await refusalOf(api.workflows.publish({ id: workflow.id, revision: 1 }))).toMatchObject({
    problems: [{ code: 'unknown_connection', node: 'call' }],
  })
})

test('only admins change them, and nobody elsewhere sees them', async () => {
  const { id } = await api.connections.create(bearer())
  const editor = await callAs(await aMember({ tenant: owner.tenant, role: 'editor' }), { parts })
  expect((await editor.connections.list()).length).toBeGreaterThan(0)
  for (const refusal of await Promise.all(
    [
      editor.connections.create(bearer()),
      editor.connections.update({ id, name: 'Mine' }),
      editor.connections.remove({ id }),
    ].map(refusalOf),
  ))
    expect(refusal).toMatchObject({ code: 'forbidden' })
  const stranger = await callAs(await aTenant(), { parts })
  expect(await stranger.connections.list()).toEqual([])
  expect(await refusalOf(stranger.connections.update({ id, name: 'Mine' }))).toMatchObject({
    code: 'not_found',
  })
  expect(await refusalOf(stranger.connections.remove({ id }))).toMatchObject({ code: 'not_found' })
})

test('nothing of it was logged', () => {
  expect(parts.logged.join()).not.toContain('CANARY')
})
