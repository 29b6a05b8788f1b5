import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import type { Json } from '../kit/json.ts'
import { check } from './check.ts'
import { drawing, each, log, manual, node, webhook } from './checks/drawing.ts'
import type { WorkflowDocument } from './document.ts'

/** What check finds, short: `code @node field`. */
const found = (document: WorkflowDocument) =>
  check(document, findInfo).map(({ code, node: at = '', field = '' }) => `${code} @${at} ${field}`.trim())

const expr = (source: string) => ({ expr: source })

test('a sound draft has no problems', () => {
  expect(found(drawing([manual(), log('a')], 'start > a'))).toEqual([])
})

test('an ordering key in the settings is an expression', () => {
  const sound = drawing([manual(), log('a')], 'start > a')
  expect(found({ ...sound, settings: { orderingKey: expr('trigger.id') } })).toEqual([])
  expect(found({ ...sound, settings: { orderingKey: expr('trigger.(') } })).toEqual([
    'ordering_key @ settings.orderingKey',
  ])
})

describe('nodes', () => {
  test.each<[string, WorkflowDocument, string[]]>([
    ['an empty draft', drawing([]), ['no_trigger @']],
    ['no trigger', drawing([log('a')]), ['no_trigger @']],
    ['two of one key', drawing([manual(), log('a'), log('a')], 'start > a'), ['duplicate_key @a']],
    ['an unknown type', drawing([manual(), node('a', 'flow.nope')], 'start > a'), ['unknown_type @a']],
    [
      'a type named like an object key',
      drawing([manual(), node('a', '__proto__')], 'start > a'),
      ['unknown_type @a'],
    ],
    ['a later version', drawing([manual(), log('a', { version: 2 })], 'start > a'), ['unknown_version @a']],
    [
      'a parent that is not there',
      drawing([manual(), log('a', { parent: 'gone' })]),
      ['unknown_parent @a', 'unreachable @a'],
    ],
    [
      'a parent that is no frame',
      drawing([manual(), log('b'), log('a', { parent: 'b' })], 'start > b'),
      ['parent_not_frame @a'],
    ],
    [
      'a trigger in a frame',
      drawing([manual(), each('f'), { ...manual('t'), parent: 'f' }], 'start > f'),
      ['trigger_in_frame @t'],
    ],
    ['an empty frame', drawing([manual(), each('f')], 'start > f'), ['empty_frame @f']],
    [
      'frames in each other',
      drawing([manual(), each('f', { parent: 'g' }), each('g', { parent: 'f' })]),
      ['parent_cycle @f', 'unreachable @f', 'unreachable @g'],
    ],
    [
      'a frame in itself',
      drawing([manual(), each('f', { parent: 'f' })]),
      ['parent_cycle @f', 'unreachable @f'],
    ],
    ['nothing leads there', drawing([manual(), log('a')]), ['unreachable @a']],
    [
      'a trigger that repeats',
      drawing([{ ...manual(), repeat: { list: expr('[1]'), concurrency: 1 } }]),
      ['repeat_on_trigger @start repeat'],
    ],
    [
      'a frame that repeats',
      drawing(
        [manual(), each('f', { repeat: { list: expr('[1]'), concurrency: 1 } }), log('a', { parent: 'f' })],
        'start > f',
      ),
      ['repeat_on_frame @f repeat'],
    ],
    [
      'a node with several ways out that repeats',
      drawing(
        [
          manual(),
          node('f', 'flow.filter', {
            params: { list: [], conditions: { rules: [{}] } },
            repeat: { list: expr('[1]'), concurrency: 1 },
          }),
        ],
        'start > f',
      ),
      ['repeat_on_ports @f repeat'],
    ],
  ])('%s', (_, document, expected) => expect(found(document)).toEqual(expected))
})

describe('edges', () => {
  const switched = (cases: Json) => node('s', 'flow.switch', { params: { value: 1, cases } })
  test.each<[string, WorkflowDocument, string[]]>([
    ['to nowhere', drawing([manual()], 'start > gone'), ['unknown_edge_end @start']],
    ['from nowhere', drawing([manual(), log('a')], 'start > a', 'gone > a'), ['unknown_edge_end @a']],
    ['twice', drawing([manual(), log('a')], 'start > a', 'start > a'), ['duplicate_edge @start']],
    ['an unknown port', drawing([manual(), log('a')], 'start:yes > a'), ['unknown_port @start']],
    [
      'a trigger has no error port',
      drawing([manual(), log('a')], 'start:error > a'),
      ['unknown_port @start'],
    ],
    ['a step has one', drawing([manual(), log('a'), log('b')], 'start > a', 'a:error > b'), []],
    [
      'nothing follows a stop',
      drawing(
        [manual(), node('x', 'flow.stop', { params: { message: 'no' } }), log('a')],
        'start > x',
        'x:error > a',
      ),
      ['unknown_port @x'],
    ],
    [
      'a case of a switch',
      drawing(
        [manual(), switched([{ port: 'big', equals: 1 }]), log('a'), log('b')],
        'start > s',
        's:big > a',
        's:default > b',
      ),
      [],
    ],
    [
      'a case that is not there any more',
      drawing([manual(), switched([{ port: 'big', equals: 1 }]), log('a')], 'start > s', 's:small > a'),
      ['unknown_port @s'],
    ],
    [
      'two cases of one name',
      drawing(
        [
          manual(),
          switched([
            { port: 'a', equals: 1 },
            { port: 'a', equals: 2 },
          ]),
        ],
        'start > s',
      ),
      ['duplicate_port @s params.cases'],
    ],
    [
      'across a frame',
      drawing([manual(), each('f'), log('a', { parent: 'f' })], 'start > f', 'start > a'),
      ['edge_across_scopes @start'],
    ],
    [
      'into a trigger',
      drawing([manual(), log('a'), manual('t')], 'start > a', 'a > t'),
      ['edge_into_trigger @t'],
    ],
    ['to itself', drawing([manual(), log('a')], 'start > a', 'a > a'), ['cycle @a']],
    [
      'in a circle, with one behind it',
      drawing(
        [manual(), log('a'), log('b'), log('c'), log('d')],
        'start > a',
        'a > b',
        'b > c',
        'c > a',
        'c > d',
      ),
      ['cycle @b'],
    ],
    [
      'two circles',
      drawing(
        [manual(), log('a'), log('b'), log('c'), log('d')],
        'start > a',
        'a > b',
        'b > a',
        'b > c',
        'c > d',
        'd > c',
      ),
      ['cycle @b', 'cycle @d'],
    ],
    [
      'a circle inside a frame',
      drawing(
        [manual(), each('f'), log('a', { parent: 'f' }), log('b', { parent: 'f' })],
        'start > f',
        'a > b',
        'b > a',
      ),
      ['cycle @b'],
    ],
  ])('%s', (_, document, expected) => expect(found(document)).toEqual(expect.arrayContaining(expected)))

  test('a circle names the nodes on it, in order, and nobody else', () => {
    const circle = drawing([manual(), log('a'), log('b'), log('c')], 'start > a', 'a > b', 'b > a', 'b > c')
    expect(check(circle, findInfo)).toContainEqual({
      severity: 'error',
      code: 'cycle',
      message: 'These steps lead back to where they began: b, a. Remove an edge between them.',
      values: { keys: 'b, a' },
      node: 'b',
    })
  })
})

describe('triggers', () => {
  const schedule = (params: Record<string, Json>) => drawing([node('s', 'trigger.schedule', { params })])
  test.each<[string, WorkflowDocument, string[]]>([
    ['several are fine', drawing([manual(), webhook('hook')]), []],
    [
      'one address twice',
      drawing([webhook('a', { path: 'x' }), webhook('b', { path: 'x' })]),
      ['duplicate_webhook @b params.path'],
    ],
    [
      'any method takes them all',
      drawing([webhook('a', { path: 'x', method: 'GET' }), webhook('b', { path: 'x', method: 'ANY' })]),
      ['duplicate_webhook @b params.path'],
    ],
    [
      'one path, two methods',
      drawing([webhook('a', { path: 'x', method: 'GET' }), webhook('b', { path: 'x' })]),
      [],
    ],
    [
      'a path with a slash in front',
      drawing([webhook('a', { path: '/x' })]),
      ['wrong_pattern @a params.path'],
    ],
    ['a path climbing up', drawing([webhook('a', { path: '../x' })]), ['wrong_pattern @a params.path']],
    ['a good rule', schedule({ cron: '*/5 * * * *', zone: 'America/Sao_Paulo' }), []],
    ['six fields', schedule({ cron: '0 */5 * * * *' }), []],
    ['not a rule', schedule({ cron: 'every day' }), ['wrong_cron @s params.cron']],
    ['seven fields', schedule({ cron: '0 0 0 1 1 * 2030' }), ['wrong_cron @s params.cron']],
    ['the 30th of February', schedule({ cron: '0 0 30 2 *' }), ['cron_never @s params.cron']],
    ['a zone nobody knows', schedule({ zone: 'Moon/Crater' }), ['unknown_zone @s params.zone']],
    [
      'waits for an answer nobody gives',
      drawing([webhook('a', { answer: 'by_node' }), log('b')], 'a > b'),
      ['respond_missing @a'],
    ],
    [
      'is answered inside a frame',
      drawing(
        [webhook('a', { answer: 'by_node' }), each('f'), node('r', 'flow.respond', { parent: 'f' })],
        'a > f',
      ),
      [],
    ],
    ['answers nobody', drawing([manual(), node('r', 'flow.respond')], 'start > r'), ['respond_unused @r']],
  ])('%s', (_, document, expected) => expect(found(document)).toEqual(expected))
})

describe('connections', () => {
  const id = '018f4e6e-0000-7000-8000-000000000000'
  const document = drawing(
    [manual(), node('it', 'http.request', { params: { url: 'https://a.example' }, connection: id })],
    'start > it',
  )
  test.each([
    ['right kind', 'http.bearer', []],
    ['wrong kind', 'slack.bot', ['wrong_connection']],
    ['gone', undefined, ['unknown_connection']],
  ])('%s', (_, kind, expected) => {
    expect(check(document, findInfo, { connectionKind: () => kind }).map(({ code }) => code)).toEqual(
      expected,
    )
  })

  test('required but not chosen', () => {
    const needsOne = (type: string, version: number) => {
      const info = findInfo(type, version)
      return info?.connection ? { ...info, connection: { ...info.connection, required: true } } : info
    }
    const { connection: _, ...without } = document.nodes[1]!
    const problems = check({ ...document, nodes: [document.nodes[0]!, without] }, needsOne)
    expect(problems.map(({ code }) => code)).toEqual(['missing_connection'])
  })
})

test('more than a workflow may hold', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => log(`n${index}`))
  expect(check(drawing(many), findInfo)).toMatchObject([
    { code: 'too_many_nodes', values: { limit: 2_000, count: 10_000 } },
  ])
})
