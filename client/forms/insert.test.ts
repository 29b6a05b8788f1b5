import { describe, expect, it } from 'vitest'
import type { FieldKind, FieldShape } from './field-shape.ts'
import { asList, intoSource, intoText, intoValue, listToRepeat, underRepeat } from './insert.ts'
import { inside, isWithin, pathText } from './paths.ts'

const shape = (kind: FieldKind): FieldShape => ({ required: false, static: false, schema: {}, ...kind })
const total = { expr: 'steps.get.orders[0].total', lists: ['steps.get.orders'] }

describe('pathText', () => {
  it.each([
    ['steps.fetch', ['body', 'name'], 'steps.fetch.body.name'],
    ['steps.fetch', ['headers', 'content-type'], 'steps.fetch.headers["content-type"]'],
    ['trigger', ['body', 0, 'id'], 'trigger.body[0].id'],
    ['trigger', ['a b', '1st', 'say "hi"\\'], 'trigger["a b"]["1st"]["say \\"hi\\"\\\\"]'],
    ['item', ['', 'ação', '__proto__'], 'item[""]["ação"].__proto__'],
    ['input', [], 'input'],
  ])('from %s through %j', (root, segments, expected) => {
    expect(pathText(root, segments)).toBe(expected)
  })

  it('knows what is inside a field', () => {
    expect(isWithin(inside('params.rows', 0), 'params.rows')).toBe(true)
    expect(isWithin('params.rowsets', 'params.rows')).toBe(false)
  })
})

describe('insert', () => {
  it.each([
    ['', 0, 0, 'item', 'item', 4],
    ['1 + ', 4, 4, 'item', '1 + item', 8],
    ['1 +x', 3, 3, 'item', '1 +item x', 8],
    ['a', 1, 1, 'item', 'a item', 6],
    ['f(old)', 2, 5, 'item', 'f(item)', 6],
  ])('into %j at %i-%i', (source, from, to, expr, expected, cursor) => {
    expect(intoSource(source, { from, to }, expr)).toEqual({ source: expected, cursor })
  })

  it('ends a text, replaces a literal, joins an expression', () => {
    expect(intoText(['Hi '], 'item')).toEqual(['Hi ', { expr: 'item' }])
    expect(intoValue(3, 'item')).toEqual({ expr: 'item' })
    expect(intoValue({ expr: '1 +' }, 'item')).toEqual({ expr: '1 +item' })
    expect(intoValue({ expr: ' ' }, 'item')).toEqual({ expr: 'item' })
  })
})

describe('data from inside a list', () => {
  it('offers a repeat to a field that takes one value, and no other', () => {
    expect(listToRepeat(total, shape({ kind: 'text', multiline: false }))).toBe('steps.get.orders')
    expect(listToRepeat(total, shape({ kind: 'json' }))).toBeNull()
    expect(listToRepeat({ expr: 'item.a', lists: [] }, shape({ kind: 'boolean' }))).toBeNull()
  })

  it('is said from inside the repeat, or as a list', () => {
    expect(underRepeat(total.expr, 'steps.get.orders')).toBe('item.total')
    expect(underRepeat('steps.other[0]', 'steps.get.orders')).toBe('steps.other[0]')
    expect(asList(total)).toBe('steps.get.orders.map((each) => each.total)')
    expect(asList({ expr: 'steps.get.orders[0]', lists: ['steps.get.orders'] })).toBe('steps.get.orders')
  })
})
