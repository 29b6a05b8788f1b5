import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import { examples } from '../examples/examples.ts'
import { check } from './check.ts'
import { drawing, each, log, manual, set } from './checks/drawing.ts'
import { renameNode } from './rename.ts'

const expr = (source: string) => ({ expr: source })

const reading = (source: string) =>
  drawing([manual(), set('a', { x: 1 }), set('b', { y: expr(source) })], 'start > a', 'a > b')

describe('rewrites expressions', () => {
  test.each([
    ['steps.a.x', 'steps.first.x'],
    ['steps["a"].x', 'steps["first"].x'],
    ['steps.a?.x ?? steps.ab', 'steps.first?.x ?? steps.ab'],
    [`\`\${steps.a.x} steps.a\``, `\`\${steps.first.x} steps.a\``],
    ["'steps.a'", "'steps.a'"],
    ['trigger.steps.a', 'trigger.steps.a'],
    ['trigger.list.map((a) => a.x + steps.a.x)', 'trigger.list.map((a) => a.x + steps.first.x)'],
    ['steps.a.', 'steps.a.'],
  ])('%s', (before, after) => {
    expect(renameNode(reading(before), 'a', 'first')).toEqual({
      ...reading(after),
      nodes: [manual(), set('first', { x: 1 }), set('b', { y: expr(after) })],
      edges: [
        { from: 'start', port: 'out', to: 'first' },
        { from: 'first', port: 'out', to: 'b' },
      ],
    })
  })
})

test('rewrites frames and lists to repeat over, and leaves literal data alone', () => {
  const document = drawing(
    [
      manual(),
      each('f', { params: { list: expr('steps.start') } }),
      log('a', { parent: 'f', repeat: { list: expr('steps.start.list'), concurrency: 1 } }),
      set('b', { data: { literal: expr('steps.start') } }),
    ],
    'start > f',
    'f > b',
  )
  const renamed = renameNode(renameNode(document, 'start', 'begin'), 'f', 'each_one')
  expect(renamed.nodes).toEqual([
    manual('begin'),
    each('each_one', { params: { list: expr('steps.begin') } }),
    log('a', { parent: 'each_one', repeat: { list: expr('steps.begin.list'), concurrency: 1 } }),
    set('b', { data: { literal: expr('steps.start') } }),
  ])
})

test('where wires meet, input is read by key', () => {
  const join = (a: string, source: string) =>
    drawing(
      [manual(), set(a), set('b'), set('c', { v: expr(source) })],
      `start > ${a}`,
      'start > b',
      `${a} > c`,
      'b > c',
    )
  expect(renameNode(join('a', 'input.a.x + input["a"].y + input.b.x'), 'a', 'z')).toEqual(
    join('z', 'input.z.x + input["z"].y + input.b.x'),
  )
  expect(renameNode(reading('input.a'), 'a', 'z').nodes[2]).toEqual(set('b', { y: expr('input.a') }))
})

test('there and back again changes nothing, and a sound drawing stays sound', () => {
  const documents = examples.flatMap(({ document }) => Object.values(document))
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.nat(),
      fc.constantFrom('zz', 'x_9', 'n'),
      (document, pick, to) => {
        const from = document.nodes[pick % document.nodes.length]!.key
        const renamed = renameNode(document, from, to)
        expect(renamed.nodes.map(({ key }) => key)).toEqual(
          document.nodes.map(({ key }) => (key === from ? to : key)),
        )
        expect(JSON.stringify(renamed)).not.toMatch(new RegExp(`steps\\.${from}\\b`))
        expect(check(renamed, findInfo)).toEqual([])
        expect(renameNode(renamed, to, from)).toEqual(document)
      },
    ),
  )
})
