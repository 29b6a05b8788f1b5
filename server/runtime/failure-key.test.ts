import { expect, test } from 'vitest'
import { failureKey } from './failure-key.ts'

const key = (message: string, more: { step?: string; code?: string; workflowId?: string } = {}) => {
  const { step = 'fetch', code = 'http_500', workflowId = 'w' } = more
  return failureKey({ workflowId, failure: { code, message, step, retryable: false } })
}

test.each([
  ['Order 17 was not found', 'Order 99 was not found'],
  ['No user "ada@example.com"', 'No user "bob@example.org"'],
  ['Gone: 01936d3c-0000-7000-8000-000000000001', 'Gone: 01936d3c-1111-7000-8000-000000000002'],
  ['The server’s answer was `x`', 'The server’s answer was `y z`'],
])('%s and %s are one failure', (one, other) => expect(key(one)).toBe(key(other)))

test('an apostrophe is no quote', () =>
  expect(key("It doesn't fit and isn't long")).not.toBe(key("It doesn't work and isn't long")))

test('iterations of one node are one place, other nodes, codes and workflows are not', () => {
  expect(key('x', { step: 'each[2].send' })).toBe(key('x', { step: 'each[7].send' }))
  expect(key('x', { step: 'other' })).not.toBe(key('x'))
  expect(key('x', { code: 'timeout' })).not.toBe(key('x'))
  expect(key('x', { workflowId: 'v' })).not.toBe(key('x'))
})
