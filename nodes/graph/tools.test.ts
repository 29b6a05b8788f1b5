import { expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import type { JsonObject } from '../kit/json.ts'
import { agent, drawing, log, manual, node, set, withAgent } from './checks/drawing.ts'
import { connectionsOf } from './connections.ts'
import { cardLine, leftLine } from './line.ts'
import { renameNode } from './rename.ts'
import { scopeTypes } from './shapes.ts'
import { canBeTool, leftToAgent } from './tools.ts'

const findWithAgent = withAgent(findInfo)

const info = (type: string) => findInfo(type, 1) ?? expect.fail(type)

test.each([
  ['http.request', true],
  ['flow.respond', false],
  ['flow.wait', false],
  ['flow.stop', false],
  ['flow.each', false],
  ['trigger.manual', false],
])('whether %s can be a tool', (type, able) => {
  const found = findInfo(type, 1) ?? findInfo(type, 2)
  expect(found && canBeTool(found)).toBe(able)
})

test('what is left to the agent, at any depth', () => {
  const params: JsonObject = {
    message: { agent: 'What to say' },
    list: [{ value: { agent: 'One' } }, { value: { literal: { agent: 'data' } } }, { expr: 'trigger' }],
  }
  expect(leftToAgent({ params })).toEqual([
    { field: 'message', description: 'What to say' },
    { field: 'list.0.value', description: 'One' },
  ])
})

test('a card names what the agent fills in', () => {
  expect(cardLine({ params: { message: { agent: 'x' } } }, info('flow.log'))).toBe('‹Message›')
  const tool = { params: { fields: [{ name: 'x', value: { agent: 'x' } }] } }
  expect(leftLine(tool, info('data.set'))).toBe('‹Value›')
})

test('renaming keeps what is lent, and is no join', () => {
  const before = drawing(
    [manual(), agent('ann'), set('a'), set('b'), log('end', { params: { message: { expr: 'input.a' } } })],
    ...['start > ann', 'ann:tools > a', 'ann > b', 'b > end'],
  )
  const after = renameNode(renameNode(before, 'a', 'look_up'), 'ann', 'helper')
  expect(after.edges[1]).toEqual({ from: 'helper', port: 'tools', to: 'look_up' })
  expect(after.nodes.at(-1)).toEqual(before.nodes.at(-1))
})

test('every connection of a node, lists too', () => {
  const [own, other] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002']
  const drawn = agent(
    'ann',
    { fallback: [{ connection: other }, { connection: '' }, { connection: { expr: 'x' } }] },
    { connection: own },
  )
  expect(connectionsOf(drawn, findWithAgent('test.agent', 1))).toEqual([
    { field: 'connection', id: own, kinds: ['model.anthropic'] },
    { field: 'params.fallback.0.connection', id: other, kinds: ['model.anthropic'] },
  ])
  expect(connectionsOf(drawn, undefined)).toEqual([{ field: 'connection', id: own, kinds: [] }])
})

test('an output as the maker’s JSON Schema says', () => {
  const schema = { type: 'object', properties: { total: { type: 'number' } } }
  const document = drawing(
    [manual(), agent('ann', { output: { kind: 'json', schema } }), node('end', 'flow.log')],
    ...['start > ann', 'ann > end'],
  )
  expect(scopeTypes(document, 'end', findWithAgent).input).toEqual({
    type: 'object',
    properties: { text: { type: 'string' }, data: schema },
  })
})
