import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { scopeFor } from '#server/api/context.ts'
import type { Parts } from '#server/api/parts.ts'
import { listening, publishedWorkflow, testApp, testParts } from '#server/api/test-app.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { chatLimits } from './serve-chat.ts'

let parts: Parts
let owner: TestMember
let base: string
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  base = `${await listening(await testApp(parts))}/hooks`
})

const echo: Partial<DocumentNode> = {
  type: 'data.set',
  params: { fields: [{ name: 'text', value: { expr: '`You said ${trigger.message}`' } }] },
}
let count = 0

/** A published chat page with one node behind it; gives its address. */
async function aChat(
  node: Partial<DocumentNode> = echo,
  about: { member?: TestMember; params?: DocumentNode['params'] } = {},
) {
  const { member = owner, params = {} } = about
  const path = `chat-${++count}`
  await publishedWorkflow(scopeFor(parts, { tenant: member.tenant, actor: member.user.id }), {
    nodes: [
      { key: 'chat', type: 'trigger.chat', params: { path, title: 'Support', ...params } },
      { key: 'then', ...node },
    ],
    wires: ['chat -> then'],
  })
  return `${base}/${member.tenant.slug}/chat/${path}`
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

async function say(url: string, message: string, conversation = randomUUID()) {
  const answer = await post(url, { conversation, message })
  expect(answer.status).toBe(202)
  const { run, token } = await answer.json()
  return { run, token, conversation }
}

const streamOf = (url: string, asked: object) => `${url}/stream?${new URLSearchParams({ ...asked })}`

/** Everything a stream says until it ends. */
async function heard(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  return [...(await answer.text()).matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(
    ([, event, data]) => [event, JSON.parse(data ?? '')] as const,
  )
}

const answerOf = async (url: string, message: string) =>
  (await heard(streamOf(url, await say(url, message)))).at(-1)

test('tells the page what to show, and nothing else of the workflow', async () => {
  const url = await aChat(echo, { params: { greeting: 'Olá', suggestions: ['One'], accent: '#0f766e' } })
  const answer = await fetch(url)
  expect(answer.headers.get('content-security-policy')).toBe('sandbox')
  expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  expect(await answer.json()).toEqual({
    title: 'Support',
    greeting: 'Olá',
    suggestions: ['One'],
    accent: '#0f766e',
  })
})

describe('answers', () => {
  test('the text of the run’s output', async () => {
    expect(await answerOf(await aChat(), 'Hi')).toEqual(['answer', 'You said Hi'])
  })

  test('what a Respond node says', async () => {
    const url = await aChat({ type: 'flow.respond', params: { body: 'From the node' } })
    expect(await answerOf(url, 'Hi')).toEqual(['answer', 'From the node'])
  })

  test('anything else as JSON', async () => {
    const url = await aChat({ type: 'data.set', params: { fields: [{ name: 'a', value: [1] }] } })
    expect(await answerOf(url, 'Hi')).toEqual(['answer', JSON.stringify({ a: [1] }, null, 2)])
  })

  test('a failure without its reason', async () => {
    const url = await aChat({ type: 'flow.stop', params: { message: 'Key sk-1 is not valid' } })
    const said = await say(url, 'Hi')
    const answer = await (await fetch(streamOf(url, said))).text()
    expect(answer).toContain('event: failed')
    expect(answer).not.toContain('sk-1')
  })

  test('again to who comes back, who forgets text that nobody here remembers', async () => {
    const url = await aChat()
    const said = await say(url, 'Hi')
    expect((await heard(streamOf(url, said))).at(-1)).toEqual(['answer', 'You said Hi'])
    const again = await heard(streamOf(url, said), { 'last-event-id': '7' })
    expect(again.at(0)).toEqual(['restart', null])
    expect(again.at(-1)).toEqual(['answer', 'You said Hi'])
  })

  test('two conversations get each their own, and the workflow knows which is which', async () => {
    const url = await aChat({ type: 'flow.respond', params: { body: { expr: 'trigger' } } })
    const [one, other] = await Promise.all([say(url, 'One'), say(url, 'Other')])
    for (const [said, message] of [
      [one, 'One'],
      [other, 'Other'],
    ] as const) {
      const [, text] = (await heard(streamOf(url, said))).at(-1) ?? []
      expect(JSON.parse(text)).toEqual({ conversation: said.conversation, message })
    }
  })
})

describe('a token', () => {
  test.each<[string, (mine: Said, other: Said) => object]>([
    ['none', ({ run, conversation }) => ({ run, conversation })],
    ['an invented one', (mine) => ({ ...mine, token: 'A'.repeat(43) })],
    ['a cut one', (mine) => ({ ...mine, token: mine.token.slice(0, -1) })],
    ['that of another run', (mine, other) => ({ ...mine, token: other.token })],
    ['for another conversation', (mine, other) => ({ ...mine, conversation: other.conversation })],
    ['for a run that is not there', (mine) => ({ ...mine, run: randomUUID() })],
  ])('%s opens nothing', async (_, ask) => {
    const url = await aChat()
    const [mine, other] = [await say(url, 'Mine'), await say(url, 'Other')]
    const answer = await fetch(streamOf(url, ask(mine, other)))
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_found'])
  })

  test('opens nothing at another page, of this tenant or another', async () => {
    const mine = await say(await aChat(), 'Mine')
    const stranger = await aTenant()
    for (const url of [await aChat(), await aChat(echo, { member: stranger })])
      expect((await fetch(streamOf(url, mine))).status).toBe(404)
  })
})

interface Said {
  run: string
  token: string
  conversation: string
}

describe('refuses', () => {
  const conversation = randomUUID()
  const long = 'é'.repeat(chatLimits.messageBytes / 2 + 1)
  test.each<[string, unknown, number, string?]>([
    ['no JSON', '{', 400],
    ['a list', [], 400],
    ['no conversation', { message: 'Hi' }, 400, 'conversation'],
    ['a conversation that can be guessed', { conversation: '1', message: 'Hi' }, 400, 'conversation'],
    [
      'a conversation that is not random',
      { conversation: '00000000-0000-1000-8000-000000000001', message: 'Hi' },
      400,
      'conversation',
    ],
    ['an empty message', { conversation, message: ' \n' }, 400, 'message'],
    ['a message that is no text', { conversation, message: { $ne: 1 } }, 400, 'message'],
    ['more than 8 KB', { conversation, message: long }, 400, 'message'],
    ['a body of 1 MB', { conversation, message: 'x'.repeat(1024 * 1024) }, 413],
    ['fields of ours', { conversation, message: 'Hi', files: { path: '/etc/passwd' } }, 400, 'files'],
    ['JSON that is too deep', `{"message":${'['.repeat(50)}${']'.repeat(50)}}`, 400],
  ])('%s', async (_, body, status, field) => {
    const answer = await post(await aChat(), body)
    const refused = await answer.json()
    expect([answer.status, typeof refused.message]).toEqual([status, 'string'])
    if (field) expect(refused.issues).toContainEqual({ path: field, message: expect.any(String) })
  })

  test('another media type', async () => {
    const answer = await post(await aChat(), '{}', { 'content-type': 'text/plain' })
    expect(answer.status).toBe(415)
  })

  test('other methods and addresses', async () => {
    const url = await aChat()
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
    for (const other of [`${url}/`, `${url}/nowhere`, `${url}/stream/x`, `${url}-x`])
      expect([other, (await fetch(other)).status]).toEqual([other, 404])
  })

  test('the same message twice starts one run', async () => {
    const url = await aChat()
    const body = { conversation: randomUUID(), message: 'Hi', id: randomUUID() }
    const answers = await Promise.all([post(url, body), post(url, body)])
    const runs = await Promise.all(answers.map(async (answer) => (await answer.json()).run))
    expect(new Set(runs).size).toBe(1)
  })

  test('too many messages of one conversation, and starts nothing for them', async () => {
    const url = await aChat()
    const id = randomUUID()
    const statuses: number[] = []
    for (let at = 0; at <= chatLimits.perMinute.conversation; at += 1)
      statuses.push((await post(url, { conversation: id, message: 'Hi' })).status)
    expect(statuses.at(-2)).toBe(202)
    expect(statuses.at(-1)).toBe(429)
    const { owner: sql } = await testDatabases()
    const { rows } = await sql.query(
      `SELECT count(*)::int AS count FROM run WHERE tenant_id = $1 AND input->>'conversation' = $2`,
      [owner.tenant.id, id],
    )
    expect(rows[0].count).toBe(chatLimits.perMinute.conversation)
  })
})

test('an address that looks at a page without an end is told to wait', async () => {
  const url = await aChat()
  const looks = Array.from({ length: chatLimits.perMinute.look + 1 }, async () => (await fetch(url)).status)
  expect((await Promise.all(looks)).filter((status) => status === 429)).toHaveLength(1)
})

test('a chat that is no longer published is gone', async () => {
  const url = await aChat()
  const { owner: sql } = await testDatabases()
  await sql.query('DELETE FROM hook WHERE tenant_id = $1 AND path = $2', [
    owner.tenant.id,
    url.slice(url.indexOf('/chat/') + 1),
  ])
  expect((await fetch(url)).status).toBe(404)
  expect((await post(url, {})).status).toBe(404)
})
