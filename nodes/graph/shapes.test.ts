import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import { check } from './check.ts'
import { drawing, each, log, manual, node, set } from './checks/drawing.ts'
import { scopeTypes } from './shapes.ts'

const expr = (source: string) => ({ expr: source })
const integer = { type: 'integer' }
const text = { type: 'string' }
const types = (document: Parameters<typeof scopeTypes>[0], key = 'end') => scopeTypes(document, key, findInfo)

describe('what a node may read', () => {
  test('the trigger, by its sample, and the steps before it', () => {
    const document = drawing(
      [
        manual('start', { sample: { n: 1 } }),
        set('a', { x: expr('trigger.n + 1'), y: 'z' }),
        log('end'),
        log('later'),
      ],
      'start > a',
      'a > end',
      'end > later',
    )
    expect(types(document)).toMatchObject({
      trigger: { type: 'object', properties: { n: integer } },
      steps: { properties: { a: { properties: { x: { type: 'number' }, y: text } } } },
      input: { properties: { x: { type: 'number' } } },
    })
    expect(Object.keys(Object(types(document).steps?.properties))).toEqual(['start', 'a'])
    expect(types(document)).not.toHaveProperty('item')
  })

  test('what a node keeps of its input', () => {
    const keeping = node('a', 'data.set', { params: { fields: [{ name: 'x', value: 1 }], keep: true } })
    const document = drawing(
      [manual('start', { sample: { n: 'a' } }), keeping, log('end')],
      'start > a',
      'a > end',
    )
    expect(types(document).input).toEqual({ type: 'object', properties: { n: text, x: integer } })
  })

  test('a list, where a step repeats, and its element inside', () => {
    const repeat = { list: expr('trigger.list'), concurrency: 1 }
    const document = drawing(
      [
        manual('start', { sample: { list: [{ n: 1 }] } }),
        set('a', { x: expr('item.n') }, { repeat }),
        log('end'),
      ],
      'start > a',
      'a > end',
    )
    expect(types(document, 'a')).toMatchObject({ item: { properties: { n: integer } }, index: integer })
    expect(types(document).input).toMatchObject({ type: 'array', items: { properties: { x: integer } } })
  })

  test('a frame: the element inside, the list of what its last step gives outside', () => {
    const document = drawing(
      [
        manual('start', { sample: { list: [{ n: 1 }] } }),
        each('f', { params: { list: expr('trigger.list') } }),
        set('a', { x: expr('input.n') }, { parent: 'f' }),
        set('b', { y: expr('steps.a.x') }, { parent: 'f' }),
        log('end'),
      ],
      'start > f',
      'a > b',
      'f > end',
    )
    expect(types(document, 'a')).toMatchObject({
      item: { properties: { n: integer } },
      input: { properties: { n: integer } },
    })
    expect(types(document).input).toEqual({
      type: 'array',
      items: { type: 'object', properties: { y: integer } },
    })
    expect(Object.keys(Object(types(document).steps?.properties))).toEqual(['start', 'f'])
  })

  test('a step that failed, by what went wrong with it, where only its error port leads', () => {
    const failed = { properties: { error: { properties: { code: text, message: text } } } }
    const nodes = [manual(), set('a', { x: 1 }), log('other'), log('after'), log('end')]
    const apart = drawing(nodes, 'start > a', 'a > other', 'a:error > after', 'after > end')
    expect(types(apart, 'after').steps).toMatchObject({ properties: { a: failed } })
    expect(types(apart).steps).toMatchObject({ properties: { a: failed } })
    expect(types(apart, 'other').steps).toMatchObject({ properties: { a: { properties: { x: integer } } } })
    // Either may have happened where the two ways meet.
    const met = drawing(nodes, 'start > a', 'a > other', 'a:error > after', 'after > end', 'other > end')
    expect(types(met).steps).toMatchObject({ properties: { a: {} } })
    expect(Object(types(met).steps?.properties).a).not.toHaveProperty('properties')
  })

  test('what an error port delivers', () => {
    const document = drawing([manual(), log('a'), log('end')], 'start > a', 'a:error > end')
    expect(types(document).input).toMatchObject({ properties: { error: { properties: { code: text } } } })
  })

  test('nothing is claimed where wires or triggers meet', () => {
    const document = drawing(
      [manual('start', { sample: { a: 1 } }), manual('other', { sample: 'x' }), log('end')],
      'start > end',
      'other > end',
    )
    expect(types(document)).toMatchObject({ trigger: {}, input: {} })
    expect(types(document).trigger).toEqual({})
  })
})

describe('around a repeat', () => {
  const document = (source: string) =>
    drawing(
      [
        manual('start', { sample: { n: 1 } }),
        node('again', 'flow.repeat', { params: { until: expr(source) } }),
        set('look', { done: true }, { parent: 'again' }),
        log('end', { params: { message: expr('steps.again.output.done') } }),
      ],
      'start > again',
      'again > end',
    )
  test('what it gives', () => {
    const again = types(document('item.done'), 'end').steps?.properties
    expect(again).toMatchObject({
      again: {
        properties: {
          output: { properties: { done: { type: 'boolean' } } },
          rounds: integer,
          met: { type: 'boolean' },
        },
      },
    })
  })
  test.each([
    ['item.done', []],
    ['steps.look.done && index > 1', []],
    ['trigger.n > 0', []],
    ['steps.end', ['step_not_upstream']],
    ['item.done.map((each) => each)', ['expression_error']],
  ])('until %s', (source, codes) => {
    const problems = check(document(source), findInfo)
    expect(problems.map(({ code }) => code)).toEqual(codes)
  })
})

test('a form’s answers, as its fields say', () => {
  const form = node('start', 'trigger.form', {
    params: { path: 'lead', fields: [{ name: 'size', label: 'Size', kind: 'number' }] },
  })
  expect(types(drawing([form, log('end')], 'start > end')).trigger).toMatchObject({
    properties: { fields: { properties: { size: { type: 'number' } } } },
  })
})
