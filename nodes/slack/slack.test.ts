import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Calling, caller, failureOf } from '#server/test/call-node.ts'
import { fakeSlack } from '#server/test/fakes/slack.ts'

let slack: Awaited<ReturnType<typeof fakeSlack>>
beforeAll(async () => {
  slack = await fakeSlack()
})
afterAll(() => slack.close())

const call = (type: string, params: Calling['params'], about: Partial<Calling> = {}) =>
  caller().call(type, { params, connection: slack.connection, services: slack.services, ...about })

test('a message is posted, answered in its thread, changed and reacted to', async () => {
  const first = await call('slack.post', { channel: '#orders', text: 'Order 7' })
  expect(first).toEqual({ channel: 'C024BE91L', ts: '1767225600.000001' })
  const { ts } = slack.messages[0]!
  await call('slack.post', { channel: '#orders', text: 'More', thread: ts, blocks: [{ type: 'divider' }] })
  const place = { channel: 'C024BE91L', ts }
  expect(await call('slack.update', { ...place, text: 'Order 7: shipped' })).toEqual(place)
  expect(await call('slack.react', { ...place, emoji: ':tada:' })).toEqual({ added: true })
  expect(await call('slack.react', { ...place, emoji: 'tada' })).toEqual({ added: false })
  expect(slack.messages).toEqual([
    { channel: 'C024BE91L', ts, text: 'Order 7: shipped', reactions: ['tada'] },
    { channel: 'C024BE91L', ts: '1767225600.000002', text: 'More', reactions: [], thread: ts },
  ])
})

test.each([
  ['slack.post', { channel: '#nowhere', text: 'Hi' }, 'channel_not_found'],
  ['slack.update', { channel: 'C024BE91L', ts: '1.1', text: 'Hi' }, 'message_not_found'],
])('%s says with Slack’s own code why it failed', async (type, params, code) => {
  expect(await failureOf(call(type, params))).toMatchObject({ code, retryable: false })
})

test('a token that Slack refuses', async () => {
  const connection = {
    ...slack.connection,
    fields: { ...slack.connection.fields, token: 'xoxb-wrong-1234567890' },
  }
  const failed = failureOf(call('slack.post', { channel: '#orders', text: 'Hi' }, { connection }))
  expect(await failed).toMatchObject({ code: 'invalid_auth' })
})

describe('a message is not posted twice by mistake', () => {
  test('too fast is later, because nothing was posted', async () => {
    slack.state.limited = 1
    const failed = failureOf(call('slack.post', { channel: '#orders', text: 'Hi' }))
    expect(await failed).toMatchObject({ code: 'http_429', retryable: true, retryAfterMs: 1_000 })
  })

  test('a connection that breaks is not tried again by itself', async () => {
    const gone = await fakeSlack()
    await gone.close()
    const lost = failureOf(
      call('slack.post', { channel: '#orders', text: 'Hi' }, { services: gone.services }),
    )
    expect(await lost).toMatchObject({ code: 'outcome_unknown', retryable: false })
  })
})

describe('whether a message was posted, whose answer never came', () => {
  const ask = (params: Calling['params'], key: string) =>
    caller().reconcile('slack.post', { params, key, connection: slack.connection, services: slack.services })
  const place = { channel: 'C024BE91L', text: 'Asked' }

  test('is read in the channel, or in its thread', async () => {
    const message = await call('slack.post', place, { key: 'one' })
    expect(await ask(place, 'one')).toEqual({ happened: true, output: message })
    const { ts } = slack.messages.at(-1)!
    const answer = await call('slack.post', { ...place, thread: ts }, { key: 'two' })
    expect(await ask({ ...place, thread: ts }, 'two')).toEqual({ happened: true, output: answer })
  })

  test('is not known when it is not there, as it may be on its way', async () =>
    expect(await ask(place, 'never')).toBeNull())

  test('is not known of a channel that goes by its name, or that the app may not read', async () => {
    await call('slack.post', place, { key: 'three' })
    expect(await ask({ ...place, channel: '#orders' }, 'three')).toBeNull()
    slack.state.mayRead = false
    expect(await ask(place, 'three')).toBeNull()
    slack.state.mayRead = true
  })
})
