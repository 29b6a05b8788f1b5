import { describe, expect, test } from 'vitest'
import { findInfo } from '../../catalog-info.ts'
import { check } from '../check.ts'
import type { WorkflowDocument } from '../document.ts'
import { agent, drawing, each, log, manual, node, set, withAgent } from './drawing.ts'

const findWithAgent = withAgent(findInfo)

/** What check finds, short: `code @node field`. */
const found = (document: WorkflowDocument) =>
  check(document, findWithAgent).map(({ code, node: at = '', field = '' }) =>
    `${code} @${at} ${field}`.trim(),
  )

const expr = (source: string) => ({ expr: source })
const lending = (tool: ReturnType<typeof node>, ...edges: string[]) =>
  drawing([manual(), agent('ann'), tool, log('end')], 'start > ann', 'ann:tools > it', ...edges)

describe('tools', () => {
  test.each<[string, WorkflowDocument, string[]]>([
    ['a step', lending(log('it'), 'ann > end'), []],
    [
      'another agent with a tool of its own',
      drawing(
        [manual(), agent('ann'), agent('ben'), log('it')],
        'start > ann',
        'ann:tools > ben',
        'ben:tools > it',
      ),
      [],
    ],
    [
      'a node that ends the run',
      lending(node('it', 'flow.stop', { params: { message: 'x' } }), 'ann > end'),
      ['not_a_tool @it'],
    ],
    ['a frame', lending(each('it'), 'ann > end'), ['empty_frame @it', 'not_a_tool @it']],
    ['a trigger', lending(manual('it'), 'ann > end'), ['edge_into_trigger @it']],
    [
      'of a node that takes none',
      drawing([manual(), log('a'), log('it')], 'start > a', 'a:tools > it'),
      ['unknown_port @a'],
    ],
    ['led to', lending(log('it'), 'start > it', 'ann > end'), ['tool_edges @it']],
    ['leading away', lending(log('it'), 'it > end', 'ann > end'), ['tool_edges @it']],
    [
      'of two agents',
      drawing(
        [manual(), agent('ann'), agent('ben'), log('it')],
        'start > ann',
        'start > ben',
        'ann:tools > it',
        'ben:tools > it',
      ),
      ['tool_shared @it'],
    ],
    ['twice of one agent', lending(log('it'), 'ann:tools > it', 'ann > end'), ['duplicate_edge @ann']],
    [
      'of each other',
      drawing([manual(), agent('ann'), agent('ben')], 'ann:tools > ben', 'ben:tools > ann'),
      ['tool_cycle @ann', 'unreachable @ann', 'unreachable @ben'],
    ],
    [
      'of itself',
      drawing([manual(), agent('ann')], 'ann:tools > ann'),
      ['tool_cycle @ann', 'unreachable @ann'],
    ],
    [
      'across a frame',
      drawing(
        [manual(), each('f'), agent('ann', {}, { parent: 'f' }), log('it')],
        'start > f',
        'ann:tools > it',
      ),
      ['edge_across_scopes @ann', 'unreachable @it'],
    ],
    [
      'two by one name',
      drawing(
        [manual(), agent('ann'), log('a', { tool: { name: 'note' } }), log('note')],
        'start > ann',
        'ann:tools > a',
        'ann:tools > note',
      ),
      ['tool_name_taken @note tool.name'],
    ],
    [
      'that repeats',
      lending(log('it', { repeat: { list: expr('[1]'), concurrency: 1 } }), 'ann > end'),
      ['repeat_on_tool @it repeat'],
    ],
    [
      'that lacks a parameter',
      lending(node('it', 'flow.log'), 'ann > end'),
      ['missing_parameter @it params.message'],
    ],
    [
      'with a parameter left to the agent',
      lending(node('it', 'flow.log', { params: { message: { agent: 'What to note' } } }), 'ann > end'),
      [],
    ],
    [
      'with a fixed parameter left to the agent',
      lending(node('it', 'code.run', { params: { code: { agent: 'Some code' } } }), 'ann > end'),
      ['agent_static @it params.code'],
    ],
  ])('%s', (_, document, problems) => {
    expect(found(document)).toEqual(problems)
  })

  test('only a tool leaves parameters to an agent', () => {
    const left = set('a', { x: { agent: 'What x is' } })
    expect(found(drawing([manual(), left], 'start > a'))).toEqual([
      'agent_outside_tool @a params.fields.0.value',
    ])
  })
})

describe('what the expressions of a tool read', () => {
  const reading = (source: string) =>
    drawing(
      [
        manual('start', { sample: { n: 1 } }),
        set('a', { x: 1 }),
        agent('ann'),
        log('it', { params: { message: expr(source) } }),
        set('other'),
        log('end'),
      ],
      'start > a',
      'a > ann',
      'ann:tools > it',
      'ann:tools > other',
      'ann > end',
    )
  test.each<[string, string[]]>([
    ['steps.a.x + trigger.n', []],
    ['input.x', []],
    ['input.x.toUpperCase()', ['expression_error @it params.message']],
    ['steps.other', ['step_not_upstream @it params.message']],
    ['steps.end', ['step_not_upstream @it params.message']],
    ['steps.ann', ['step_not_upstream @it params.message']],
    ['item', ['item_outside @it params.message']],
  ])('%s', (source, problems) => {
    expect(found(reading(source))).toEqual(problems)
  })
  test('its output is the agent’s alone', () => {
    const document = drawing(
      [manual(), agent('ann'), log('it'), log('end', { params: { message: expr('steps.it') } })],
      'start > ann',
      'ann:tools > it',
      'ann > end',
    )
    expect(found(document)).toEqual(['step_not_upstream @end params.message'])
  })
})

describe('connections in parameters', () => {
  const ids = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'] as const
  const document = drawing(
    [
      manual(),
      agent('ann', {
        fallback: [
          { connection: ids[0], model: 'm' },
          { connection: ids[1], model: 'm' },
        ],
      }),
    ],
    'start > ann',
  )
  const codes = (kinds: Record<string, string>) =>
    check(document, findWithAgent, { connectionKind: (id) => kinds[id] }).map(
      ({ code, field }) => `${code} ${field}`,
    )
  test('must be there and of a fitting kind', () => {
    expect(codes({ [ids[0]]: 'model.anthropic', [ids[1]]: 'model.anthropic' })).toEqual([])
    expect(codes({ [ids[0]]: 'http.bearer' })).toEqual([
      'wrong_connection params.fallback.0.connection',
      'unknown_connection params.fallback.1.connection',
    ])
  })
})
