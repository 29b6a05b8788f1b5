import { describe, expect, test } from 'vitest'
import { findInfo } from '../../catalog-info.ts'
import { check } from '../check.ts'
import type { WorkflowDocument } from '../document.ts'
import { drawing, log, manual, node, set } from './drawing.ts'

const codes = (document: WorkflowDocument) =>
  check(document, findInfo).map(({ code, node: key }) => (key === undefined ? code : `${code} ${key}`))
const expr = (source: string) => ({ expr: source })
const put = (key: string, more = {}) => node(key, 'state.set', { params: { key: 'a', value: 1 }, ...more })

describe('what undoes a step', () => {
  const nodes = [manual('start'), put('keep'), put('other'), log('drop'), log('say')]
  test('is a chain of its own', () =>
    expect(codes(drawing(nodes, 'start > keep', 'keep > other', 'keep:undo > drop', 'drop > say'))).toEqual(
      [],
    ))
  test('hangs on what touches the world only', () =>
    expect(codes(drawing([manual('start'), log('a'), log('b')], 'start > a', 'a:undo > b'))).toEqual([
      'unknown_port a',
    ]))
  test('and not on an answer, which its caller has heard', () => {
    const answer = node('answer', 'flow.respond')
    expect(codes(drawing([manual('start'), answer, log('b')], 'start > answer', 'answer:undo > b'))).toEqual([
      'unknown_port answer',
      'respond_unused answer',
    ])
  })
  test('is led to by nothing else', () =>
    expect(
      codes(drawing(nodes, 'start > keep', 'keep > other', 'keep:undo > drop', 'drop > say', 'other > say')),
    ).toEqual(['undo_mixed say']))
  test('leads nowhere else', () =>
    expect(
      codes(drawing(nodes.slice(0, 4), 'start > keep', 'start > other', 'keep:undo > drop', 'drop > keep')),
    ).toEqual(['undo_mixed keep']))
  test('undoes one step', () =>
    expect(
      codes(
        drawing(nodes.slice(0, 4), 'start > keep', 'keep > other', 'keep:undo > drop', 'other:undo > drop'),
      ),
    ).toEqual(['undo_shared drop']))
  test('is not undone itself', () =>
    expect(
      codes(
        drawing(
          [...nodes.slice(0, 2), put('other'), log('drop')],
          'start > keep',
          'keep:undo > other',
          'other:undo > drop',
        ),
      ),
    ).toEqual(['undo_nested other']))
  test('reads what its step gave, and what that step read', () => {
    const read = (source: string) =>
      codes(
        drawing(
          [
            manual('start'),
            set('before', { id: 1 }),
            put('keep'),
            log('later'),
            log('drop', { params: { message: expr(source) } }),
          ],
          'start > before',
          'before > keep',
          'keep > later',
          'keep:undo > drop',
        ),
      )
    expect(read('`${steps.before.id} ${steps.keep} ${input}`')).toEqual([])
    expect(read('steps.later')).toEqual(['step_not_upstream drop'])
  })
  test('is known as one element of a step that repeats', () => {
    const repeat = { list: expr('[{ id: 1 }]'), concurrency: 1 }
    const read = (source: string) =>
      codes(
        drawing(
          [manual('start'), put('keep', { repeat }), log('drop', { params: { message: expr(source) } })],
          'start > keep',
          'keep:undo > drop',
        ),
      )
    expect(read('`${item.id} ${index}`')).toEqual([])
    expect(read('item.nothing.at.all')).toEqual(['expression_error drop'])
  })
})

describe('a try', () => {
  const frame = node('t', 'flow.try')
  const inside = (key: string, more = {}) => log(key, { parent: 't', ...more })
  const nodes = [manual('start'), frame, inside('a'), inside('b'), inside('c'), inside('d')]
  test('has a body, what catches, and what comes last', () =>
    expect(codes(drawing(nodes, 'start > t', 'a > b', 't:catch > c', 't:finally > d'))).toEqual([]))
  test('leads inside by catch and finally, and nowhere else', () =>
    expect(codes(drawing([...nodes, log('out')], 'start > t', 't > out', 't:catch > out'))).toEqual([
      'section_outside out',
    ]))
  test('keeps its parts apart', () => {
    expect(codes(drawing(nodes, 'start > t', 't:catch > b', 'a > b'))).toEqual([
      'section_mixed b',
      'section_mixed b',
    ])
    expect(codes(drawing(nodes, 'start > t', 't:catch > b', 't:finally > b'))).toEqual(['section_mixed b'])
  })
  test('no other frame has such ways', () =>
    expect(
      codes(
        drawing(
          [manual('start'), node('e', 'flow.each', { params: { list: [] } }), log('x', { parent: 'e' })],
          'start > e',
          'e:catch > x',
        ),
      ),
    ).toEqual(['edge_across_scopes e', 'unknown_port e']))
  test('what catches reads why, and what the body did', () => {
    const read = (source: string) =>
      codes(
        drawing(
          [
            manual('start'),
            frame,
            inside('a'),
            inside('c', { params: { message: expr(source) } }),
            inside('d'),
          ],
          'start > t',
          't:catch > c',
          't:finally > d',
        ),
      )
    expect(read('`${input.error.message} ${steps.t.error.step} ${steps.a ?? ""}`')).toEqual([])
    expect(read('input.error.code.toFixed(2)')).toEqual(['expression_error c'])
    expect(read('steps.d')).toEqual(['step_not_upstream c'])
  })
  test('in itself, or deep in others, is checked all the same', () => {
    const own = { parent: 't', repeat: { list: expr('input'), concurrency: 1 } }
    expect(
      codes(drawing([manual('start'), node('t', 'flow.try', { parent: 't' }), log('a', own)])),
    ).toContain('parent_cycle t')
    const nested = Array.from({ length: 1_500 }, (_, at) =>
      node(`t_${at}`, 'flow.try', at === 0 ? {} : { parent: `t_${at - 1}` }),
    )
    const deepest = log('a', { parent: 't_1499', params: { message: expr('input') } })
    expect(codes(drawing([manual('start'), ...nested, deepest], 'start > t_0'))).toEqual([])
  })
  test('is no list: item is that of the list around it', () => {
    const read = (source: string) =>
      codes(
        drawing(
          [
            manual('start'),
            node('e', 'flow.each', { params: { list: [{ id: 1 }] } }),
            node('t', 'flow.try', { parent: 'e' }),
            inside('a', { params: { message: expr(source) } }),
          ],
          'start > e',
        ),
      )
    expect(read('`${item.id} ${input.id}`')).toEqual([])
    expect(read('item.id.toUpperCase()')).toEqual(['expression_error a'])
    expect(
      codes(
        drawing([manual('start'), frame, inside('a', { params: { message: expr('item') } })], 'start > t'),
      ),
    ).toEqual(['item_outside a'])
  })
})

describe('the element of a step that led here', () => {
  const read = (source: string, more = {}) =>
    codes(
      drawing(
        [
          manual('start'),
          log('each', { repeat: { list: expr('[{ id: 1 }]'), concurrency: 1 } }),
          log('send', { params: { message: expr(source) }, ...more }),
        ],
        'start > each',
        'each > send',
      ),
    )
  const repeat = { list: expr('steps.each'), concurrency: 1 }
  test('is typed where the step runs for each element', () =>
    expect(read('steps.each.item', { repeat })).toEqual([]))
  test('is known nowhere else', () => expect(read('steps.each.item')).toEqual(['item_outside send']))
})
