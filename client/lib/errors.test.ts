import { expect, it } from 'vitest'
import { reasonOf, troubleOf } from './errors.ts'

const answered = (data: object, message = 'Words of the server') =>
  Object.assign(new Error(message), { data })

it('reads what the server says of a refusal', () => {
  const error = answered({
    appCode: 'invalid',
    requestId: 'r-1',
    issues: [{ path: ['hosts', 0], message: 'Not a host' }, { path: 'name', message: 'Too long' }, 'junk'],
    details: { revision: 4 },
  })
  expect(troubleOf(error)).toEqual({
    code: 'invalid',
    message: 'Words of the server',
    requestId: 'r-1',
    issues: [
      { path: 'hosts.0', message: 'Not a host' },
      { path: 'name', message: 'Too long' },
    ],
    details: { revision: 4 },
  })
})

it.each([
  [{ appCode: 'conflict', httpStatus: 409 }, 'conflict'],
  [{ httpStatus: 401 }, 'signed_out'],
  [{ httpStatus: 403 }, 'forbidden'],
  [{ httpStatus: 404 }, 'not_found'],
  [{ httpStatus: 429 }, 'limit_reached'],
  [{ appCode: 'something_new', httpStatus: 500 }, 'unexpected'],
])('knows %j as %s', (data, code) => {
  expect(troubleOf(answered(data)).code).toBe(code)
})

it('reads a refusal from before tRPC', () => {
  const error = Object.assign(new Error('Unable to transform response'), {
    name: 'TRPCClientError',
    meta: {
      response: { status: 429 },
      responseJSON: { code: 'limit_reached', message: 'Wait 30 seconds', requestId: 'r-2' },
    },
  })
  expect(troubleOf(error)).toMatchObject({
    code: 'limit_reached',
    message: 'Wait 30 seconds',
    requestId: 'r-2',
  })
})

it('keeps the words of a bug to itself', () => {
  expect(troubleOf(answered({ appCode: 'unexpected' }, 'relation "run" does not exist')).message).toBeNull()
})

it('tells no answer from a bug of ours', () => {
  expect(troubleOf(new TypeError('Failed to fetch')).code).toBe('offline')
  expect(troubleOf(Object.assign(new Error('x'), { name: 'TRPCClientError' })).code).toBe('offline')
  expect(troubleOf(new Error('x')).code).toBe('unexpected')
  expect(troubleOf('x').code).toBe('unexpected')
})

it('knows a suspended tenant and a full line, which are not a matter of one’s role or of haste', () => {
  const reason = (data: object) => reasonOf(troubleOf(answered(data)))
  const suspended = { reason: 'suspended', why: 'Unpaid since May' }
  expect(reason({ appCode: 'forbidden', details: suspended })).toEqual({
    kind: 'suspended',
    why: 'Unpaid since May.',
  })
  expect(reason({ appCode: 'limit_reached', details: { reason: 'suspended', why: '' } })).toEqual({
    kind: 'suspended',
    why: null,
  })
  expect(reason({ appCode: 'limit_reached', details: { limit: 'queuedRuns', most: 500 } })).toEqual({
    kind: 'queuedRuns',
    most: 500,
  })
  expect(reason({ appCode: 'limit_reached', details: { limit: 'versions', most: 5 } })).toBeNull()
  expect(reason({ appCode: 'forbidden', details: {} })).toBeNull()
})
