import { expect, test } from 'vitest'
import { fail } from '#nodes/kit/failure.ts'
import { askInOrder } from './ask-in-order.ts'

const usage = {
  ...{ model: 'b', inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: null },
}
const reply = { text: 'Hi', calls: [], stop: 'end' as const, usage }
const choices = ['a', 'b', 'c'].map((model) => ({ connection: 'x', model }))

/** Who was asked, and how it ended. */
async function asked(script: Record<string, Error>) {
  const order: string[] = []
  const ended: unknown = await askInOrder(choices, async ({ model }) => {
    order.push(model)
    const error = script[model]
    if (error) throw error
    return reply
  }).catch((error: unknown) => error)
  return { order, ended }
}

test.each([
  ['model_auth'],
  ['model_overloaded'],
  ['model_rate_limited'],
  ['model_unavailable'],
  ['model_not_found'],
  ['timeout'],
  ['network'],
  ['connection_missing'],
])('after %s the next is asked', async (code) => {
  expect(await asked({ a: fail(code, 'no') })).toEqual({ order: ['a', 'b'], ended: reply })
})

test.each([['model_rejected'], ['connection_host_denied'], ['egress_blocked'], ['invalid_schema']])(
  'after %s nobody else is: the question is at fault, or we are',
  async (code) => {
    const { order, ended } = await asked({ a: fail(code, 'no') })
    expect(order).toEqual(['a'])
    expect(ended).toMatchObject({ failure: { code } })
  },
)

test('what is no failure of a model goes out as it is', async () => {
  const bug = new TypeError('oops')
  expect(await asked({ a: bug })).toEqual({ order: ['a'], ended: bug })
})

test('when none answers, it says why each did not, and whether later may help', async () => {
  const { ended } = await asked({
    a: fail('model_auth', 'The key is wrong.'),
    b: fail('model_rate_limited', 'Too often.', { retryable: true, retryAfterMs: 5_000 }),
    c: fail('model_overloaded', 'Overloaded.', { retryable: true, retryAfterMs: 9_000 }),
  })
  expect(ended).toMatchObject({
    failure: { code: 'models_unavailable', retryable: true, retryAfterMs: 5_000 },
  })
  expect(String(ended)).toContain('The key is wrong. Too often. Overloaded.')
})

test('without a choice there is nobody to ask', async () => {
  await expect(askInOrder([], async () => reply)).rejects.toMatchObject({ failure: { code: 'no_model' } })
})
