import { describe, expect, it } from 'vitest'
import type { FieldKind, FieldShape } from './field-shape.ts'
import { type Memory, type Mode, modeOf, partsOfValue, switchMode, valueOfParts } from './modes.ts'
import { asLiteral, literalOf, toSource, withKey } from './values.ts'

const shape = (kind: FieldKind): FieldShape => ({ required: false, static: false, schema: {}, ...kind })
const text = shape({ kind: 'text', multiline: false })
const value = shape({ kind: 'value' })
const number = shape({ kind: 'number', integer: false })
const list = shape({ kind: 'list', element: value })

describe('modes', () => {
  it.each([
    ['a literal', 'hi', text, 'fixed'],
    ['a text with pills', { expr: '`Hi ${item}`' }, text, 'either'],
    ['a path in a text', { expr: 'steps.a.b' }, text, 'computed'],
    ['a path where anything goes', { expr: 'steps.a["b-c"][0]' }, value, 'either'],
    ['a call', { expr: 'steps.a.trim()' }, value, 'computed'],
    ['a number', { expr: '`1`' }, number, 'computed'],
    ['a list that is not given', undefined, list, 'computed'],
    ['a list that is given', [], list, 'fixed'],
    ['what the agent fills in', { agent: 'What' }, number, 'agent'],
    ['a file that is not given', undefined, shape({ kind: 'file' }), 'computed'],
  ])('%s', (_name, held, of, mode) => {
    expect(modeOf(held, of)).toBe(mode)
  })

  it('stores picked data alone with its type where any is taken, as text where text is', () => {
    expect(valueOfParts([{ expr: 'item.a' }], value)).toEqual({ expr: 'item.a' })
    expect(valueOfParts([{ expr: 'item.a' }], text)).toEqual({ expr: '`${item.a}`' })
    expect(valueOfParts([], text)).toBe('')
    expect(partsOfValue({ expr: 'item.a' }, value)).toEqual([{ expr: 'item.a' }])
    expect(partsOfValue({ expr: 'a + b' }, value)).toBeNull()
  })

  it('keeps all three sides', () => {
    const turn = (
      to: Mode,
      held: { value: ReturnType<typeof switchMode>['value']; memory: Memory },
      from?: Mode,
    ) => switchMode(to, { ...held, shape: text, ...(from ? { from } : {}) })
    const left = turn('agent', { value: { expr: '`Hi ${item}`' }, memory: {} }, 'fixed')
    expect(left.value).toEqual({ agent: '' })
    const computed = turn('computed', { ...left, value: { agent: 'Greeting' } })
    expect(computed.value).toEqual({ expr: '' })
    expect(turn('fixed', computed).value).toEqual({ expr: '`Hi ${item}`' })
    expect(turn('agent', computed).value).toEqual({ agent: 'Greeting' })
  })

  it('never loses the other side', () => {
    const turn = (
      to: 'fixed' | 'computed',
      held: { value: ReturnType<typeof switchMode>['value']; memory: Memory },
    ) => switchMode(to, { ...held, shape: text })
    const first = turn('computed', { value: 'abc', memory: {} })
    expect(first.value).toEqual({ expr: '"abc"' })
    const back = turn('fixed', first)
    expect(back.value).toBe('abc')
    const again = turn('computed', { ...back, value: 'abcd' })
    expect(again.value).toEqual({ expr: '"abcd"' })
    const fixed = turn('fixed', { ...again, value: { expr: 'steps.a.b' } })
    expect(fixed.value).toBe('abcd')
    expect(turn('computed', { ...fixed, value: 'zzz' }).value).toEqual({ expr: 'steps.a.b' })
  })

  it.each([
    [text, { expr: 'steps.a' }, { expr: '`${steps.a}`' }],
    [text, { expr: '"x"' }, 'x'],
    [text, { expr: '1 +' }, '1 +'],
    [value, { expr: 'steps.a' }, { expr: 'steps.a' }],
    [value, { expr: '[1]' }, [1]],
    [number, { expr: '12' }, 12],
    [number, { expr: 'steps.a' }, undefined],
    [list, { expr: 'steps.a' }, []],
    [shape({ kind: 'json' }), { expr: '{"expr": "x"}' }, { literal: { expr: 'x' } }],
  ])('turns to fixed', (of, held, expected) => {
    expect(switchMode('fixed', { value: held, shape: of, memory: {} }).value).toEqual(expected)
  })
})

describe('values', () => {
  it('keeps data that looks like an expression behind a tag', () => {
    const data = { a: [{ expr: '1' }] }
    expect(asLiteral(data)).toEqual({ literal: data })
    expect(literalOf(asLiteral(data))).toEqual(data)
    expect(asLiteral({ expr: '1', more: true })).toEqual({ expr: '1', more: true })
    expect(asLiteral({ literal: 1 })).toEqual({ literal: { literal: 1 } })
  })

  it('says any value as an expression', () => {
    expect(toSource({ a: { expr: 'item.x' }, b: [1, 'two'] })).toBe('{ "a": item.x, "b": [1,"two"] }')
    expect(toSource({ literal: { expr: 'x' } })).toBe('{"expr":"x"}')
  })

  it('sets and removes own keys, in place', () => {
    expect(JSON.stringify(withKey({ a: 1, b: 2 }, 'a', 3))).toBe('{"a":3,"b":2}')
    expect(withKey({ a: 1 }, 'a', undefined)).toEqual({})
    expect(Object.keys(withKey({}, '__proto__', 1))).toEqual(['__proto__'])
  })
})
