import { expect, test } from 'vitest'
import { findDefinition } from '#nodes/catalog.ts'
import { DocumentNode } from '#nodes/graph/document.ts'
import type { Reliability } from '#nodes/kit/reliability.ts'
import { testDatabases } from '../../test/databases.ts'
import { silent as log } from '../log.ts'
import { aConnection, aDoor } from '../test-connection.ts'
import { createGuards, guardOf } from './guards.ts'

const { engine: pool, owner } = await testDatabases()
const { findConnection } = await aDoor()
const bus = {
  publish: () => {},
  subscribe: () => () => {},
  healthy: () => true,
  start: async () => {},
  close: async () => {},
}
const guards = createGuards({ pool, bus, log, findConnection })
const which = await aConnection({ kind: 'stripe.key', fields: { apiKey: 'sk_test_1234567890' } })

function guarding(about: { type: string; params?: object; reliability?: Reliability; connection?: string }) {
  const definition = findDefinition(about.type, 1)
  if (definition?.role !== 'step') throw new Error('No such step')
  const node = DocumentNode.parse({ key: 'it', version: 1, ...about })
  return guardOf(guards, { tenantId: which.tenantId, workflowId: 'w', node, definition })
}

test('nothing set is nothing asked', () => {
  expect(guarding({ type: 'data.set' })).toBeUndefined()
  expect(guarding({ type: 'http.request' })).toBeUndefined()
  expect(guarding({ type: 'http.request', reliability: { attempts: 5 } })).toBeUndefined()
})

test('a node without a connection is a gate of its own', () => {
  const rate = { calls: 1, perMs: 1_000 }
  expect(guarding({ type: 'data.set', reliability: { rate } })).toEqual({ gate: 'node:w/it', rates: [rate] })
})

test('a connection brings what its service allows; a limit of the node comes on top, its breaker instead', async () => {
  const type = 'stripe.find_customers'
  const kind = findConnection('stripe.key')?.limits
  const gate = `connection:${which.id}`
  expect(await guarding({ type, connection: which.id })).toEqual({
    gate,
    rates: [kind?.rate],
    breaker: kind?.breaker,
  })
  // From now on it is known.
  const rate = { calls: 1, perMs: 1_000 }
  const breaker = { failures: 2, pauseMs: 1_000 }
  expect(guarding({ type, connection: which.id, reliability: { rate, breaker } })).toEqual({
    gate,
    rates: [rate, kind?.rate],
    breaker,
  })
})

test('a connection may say otherwise than its kind, part by part', async () => {
  const fields = { apiKey: 'sk_test_1234567890' }
  const other = await aConnection({ kind: 'stripe.key', fields })
  const rate = { calls: 3, perMs: 60_000 }
  await owner.query('UPDATE connection SET limits = $2 WHERE id = $1', [other.id, JSON.stringify({ rate })])
  const found = await guards.limitsOf(other)
  expect(found).toEqual({ rate, breaker: findConnection('stripe.key')?.limits?.breaker })
})

test('what must be done each time is not kept, whatever is set', () => {
  const reliability = { cache: { ageMs: 1_000 } }
  expect(guarding({ type: 'slack.post', reliability })).toBeUndefined()
  expect(guarding({ type: 'http.request', params: { method: 'POST' }, reliability })).toBeUndefined()
  expect(guarding({ type: 'http.request', reliability })).toMatchObject(reliability)
})
