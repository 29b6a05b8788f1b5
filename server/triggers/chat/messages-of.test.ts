import { expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import type { Progress } from './follower.ts'
import { messagesOf } from './messages-of.ts'

/** A follower whose progress the test makes, one step for each time it is waited for. */
function following(...steps: Partial<Progress>[]) {
  const progress: Progress = { text: '', waitsFor: 'workflow', end: null, ...steps.shift() }
  return {
    progress,
    async changed() {
      Object.assign(progress, steps.shift() ?? { end: { kind: 'failed' } })
    },
    close() {},
  }
}

async function told(follower: ReturnType<typeof following>, from = 0) {
  const heard: [string, Json, string?][] = []
  const signal = new AbortController().signal
  for await (const { event, data, id } of messagesOf(follower, { from, signal }))
    heard.push(id === undefined ? [event, data] : [event, data, id])
  return heard
}

const answered = { end: { kind: 'answered', text: 'Hello!' } } as const

test('text comes as it is written, then the answer', async () => {
  const follower = following({}, { text: 'Hel' }, { text: 'Hello' }, answered)
  expect(await told(follower)).toEqual([
    ['state', 'workflow'],
    ['text', 'Hel', '3'],
    ['text', 'lo', '5'],
    ['answer', 'Hello!'],
  ])
})

test('who comes back gets the rest', async () => {
  expect(await told(following({ text: 'Hello' }, answered), 3)).toEqual([
    ['text', 'lo', '5'],
    ['state', 'workflow'],
    ['answer', 'Hello!'],
  ])
})

test.each([6, -1, 1e9])('who comes back from a place that is not here (%d) begins anew', async (from) => {
  expect(await told(following({ text: 'Hello' }, answered), from)).toEqual([
    ['restart', null],
    ['text', 'Hello', '5'],
    ['state', 'workflow'],
    ['answer', 'Hello!'],
  ])
})

test('says when a person is waited for, and when not any more', async () => {
  const follower = following({ waitsFor: 'person' }, { waitsFor: 'workflow' }, answered)
  expect(await told(follower)).toEqual([
    ['state', 'person'],
    ['state', 'workflow'],
    ['answer', 'Hello!'],
  ])
})

test('ends by itself before anything cuts it', async () => {
  const signal = new AbortController().signal
  const follower = {
    ...following(),
    changed: (until: AbortSignal) =>
      new Promise<void>((resolve) => until.addEventListener('abort', () => resolve(), { once: true })),
  }
  const heard: string[] = []
  for await (const { event } of messagesOf(follower, { from: 0, signal, mostMs: 5 })) heard.push(event)
  expect(heard).toEqual(['state'])
})
