import { beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '#server/api/context.ts'
import { listening, publishedWorkflow, testApp, testParts } from '#server/api/test-app.ts'
import { createConnection } from '#server/connections/create.ts'
import { inTenant } from '#server/db/tenant.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { signedForSlack, slackDelivery, slackSigningSecret, slackToken } from '#server/test/fakes/slack.ts'
import { unpublish } from '#server/workflows/unpublish.ts'

let parts: Awaited<ReturnType<typeof testParts>>
let owner: TestMember
let scope: TenantScope
let base = ''
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  scope = scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
  base = `${await listening(await testApp(parts))}/hooks/${owner.tenant.slug}/events`
})

let count = 0
/** A published Slack trigger; gives its address and its workflow. */
async function aSlackTrigger(fields: object = {}) {
  const connection = await createConnection(
    { scope, vault: parts.vault },
    {
      name: `Slack ${++count}`,
      kind: 'slack.bot',
      hosts: ['slack.com'],
      fields: { token: slackToken, signingSecret: slackSigningSecret, ...fields },
    },
  )
  const { id } = await publishedWorkflow(scope, {
    nodes: [
      { key: 'slack', type: 'slack.event', connection: connection.id },
      { key: 'then', type: 'flow.log', params: { message: 'Hi' } },
    ],
    wires: ['slack -> then'],
  })
  return { url: `${base}/${id}/slack`, workflowId: id, connectionId: connection.id }
}

async function runsOf(workflowId: string) {
  const { owner: sql } = await testDatabases()
  const { rows } = await sql.query(
    'SELECT started_by, trigger_key, input, dedupe_key FROM run WHERE workflow_id = $1 ORDER BY created_at',
    [workflowId],
  )
  return rows
}

const message = { type: 'message', user: 'U1', channel: 'C1', ts: '1767225600.000100', text: 'Olá' }
const send = (url: string, init: RequestInit) => fetch(url, { method: 'POST', ...init })

test('a message starts a run, once for each event however often it is delivered', async () => {
  const { url, workflowId } = await aSlackTrigger()
  const delivery = slackDelivery(message, { id: 'Ev1' })
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(url, delivery)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await runsOf(workflowId)).toMatchObject([
    {
      started_by: 'event',
      trigger_key: 'slack',
      dedupe_key: 'event:slack:Ev1',
      input: { text: 'Olá', user: 'U1' },
    },
  ])
  await send(url, slackDelivery(message, { id: 'Ev2' }))
  expect(await runsOf(workflowId)).toHaveLength(2)
})

test('the address proves itself to Slack', async () => {
  const { url, workflowId } = await aSlackTrigger()
  const challenge = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aB' })
  const answer = await send(url, signedForSlack(challenge))
  expect([answer.status, await answer.json()]).toEqual([200, { challenge: '3eZbrw1aB' }])
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect((await send(url, { body: challenge })).status).toBe(401)
  expect(await runsOf(workflowId)).toEqual([])
})

describe('nothing starts (WH-01, WH-03)', () => {
  const good = slackDelivery(message)
  const hex = good.headers['x-slack-signature']
  test.each<[string, RequestInit]>([
    ['without a signature', { body: good.body }],
    ['with an empty one', { body: good.body, headers: { ...good.headers, 'x-slack-signature': '' } }],
    [
      'with one cut off',
      { body: good.body, headers: { ...good.headers, 'x-slack-signature': hex.slice(0, -2) } },
    ],
    ['with one of another secret', slackDelivery(message, { secret: 'other' })],
    ['with another body', { ...good, body: `${good.body} ` }],
    ['without a time', { body: good.body, headers: { 'x-slack-signature': hex } }],
    ['six minutes late', slackDelivery(message, { atMs: Date.now() - 360_000 })],
    ['six minutes early', slackDelivery(message, { atMs: Date.now() + 360_000 })],
  ])('%s', async (_, delivery) => {
    const { url, workflowId } = await aSlackTrigger()
    const answer = await send(url, delivery)
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'bad_signature'])
    expect(await runsOf(workflowId)).toEqual([])
  })

  test('where the connection has no secret to check with', async () => {
    const { url, workflowId } = await aSlackTrigger({ signingSecret: '' })
    expect((await send(url, slackDelivery(message, { secret: '' }))).status).toBe(401)
    expect(await runsOf(workflowId)).toEqual([])
  })

  test('with the signature of another workflow’s connection', async () => {
    const { url, workflowId } = await aSlackTrigger({ signingSecret: 'another secret' })
    expect((await send(url, slackDelivery(message))).status).toBe(401)
    expect(await runsOf(workflowId)).toEqual([])
  })

  test('when the connection is gone, and the caller is not told more', async () => {
    const { url, workflowId, connectionId } = await aSlackTrigger()
    const { app } = await testDatabases()
    await inTenant(app, owner.tenant.id, (db) => db.connection.deleteMany({ where: { id: connectionId } }))
    const answer = await send(url, slackDelivery(message))
    expect(answer.status).toBe(503)
    expect(await answer.text()).not.toMatch(/connection|slack/i)
    expect(await runsOf(workflowId)).toEqual([])
  })

  test('once it is unpublished, or at another method or address (WH-09)', async () => {
    const { url, workflowId } = await aSlackTrigger()
    expect((await fetch(url, { method: 'PUT', ...slackDelivery(message) })).status).toBe(405)
    expect((await send(`${url}/more`, slackDelivery(message))).status).toBe(404)
    await unpublish(scope, { id: workflowId })
    expect((await send(url, slackDelivery(message))).status).toBe(404)
    expect(await runsOf(workflowId)).toEqual([])
  })

  test.each<[string, object]>([
    ['by the app itself', { ...message, bot_id: 'B1', app_id: 'A0TRAMA' }],
    ['by the app’s own user', { ...message, user: 'U0BOT' }],
    ['by another bot', { ...message, bot_id: 'B2' }],
    ['by an edit', { ...message, subtype: 'message_changed' }],
    ['by an event that was not asked for', { ...message, type: 'reaction_added' }],
  ])('%s, though it is genuine', async (_, event) => {
    const { url, workflowId } = await aSlackTrigger()
    expect((await send(url, slackDelivery({ ...event }))).status).toBe(200)
    expect(await runsOf(workflowId)).toEqual([])
  })
})

test('a body that is no JSON object, though signed', async () => {
  const { url } = await aSlackTrigger()
  const answer = await send(url, signedForSlack('[1]'))
  expect([answer.status, (await answer.json()).code]).toEqual([400, 'bad_request'])
})

test('JSON that is too deep to be stored, though signed', async () => {
  const { url, workflowId } = await aSlackTrigger()
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`
  const body = JSON.stringify({ type: 'event_callback', event: message }).replace('"Olá"', deep)
  const answer = await send(url, signedForSlack(body))
  expect(answer.status).toBe(400)
  expect((await answer.json()).message).toContain('100 levels')
  expect(await runsOf(workflowId)).toEqual([])
})

test('ids of any length tell events apart', async () => {
  const { url, workflowId } = await aSlackTrigger()
  const long = 'E'.repeat(5_000)
  for (const id of [`${long}1`, `${long}2`, `${long}2`]) {
    expect((await send(url, slackDelivery(message, { id }))).status).toBe(200)
  }
  expect(await runsOf(workflowId)).toHaveLength(2)
})

test('whoever runs the installation learns why events are not taken', async () => {
  const { url, workflowId, connectionId } = await aSlackTrigger()
  const { app } = await testDatabases()
  await inTenant(app, owner.tenant.id, (db) => db.connection.deleteMany({ where: { id: connectionId } }))
  await send(url, slackDelivery(message))
  const line = parts.logged.find((one) => one.includes(workflowId))
  expect(line).toContain('connection_missing')
})
