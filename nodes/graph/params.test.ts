import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import { isJson, type Json, type JsonObject } from '../kit/json.ts'
import { evaluate } from './expression/evaluate.ts'
import { expressionsIn, resolveParams } from './params.ts'
import { exprOf, isLiteral } from './tags.ts'

const expr = (source: string) => ({ expr: source })
const shout = (source: string) => source.toUpperCase()

describe('resolveParams', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['a literal', { a: 1 }, { a: 1 }],
    ['an expression', { a: expr('x') }, { a: 'X' }],
    ['at any depth', { a: [{ b: expr('x') }] }, { a: [{ b: 'X' }] }],
    ['a result that looks like an expression stays data', { a: expr('{"expr":"y"}') }, { a: '{"EXPR":"Y"}' }],
    ['data behind literal', { a: { literal: expr('x') } }, { a: expr('x') }],
    ['an object with more than the tag', { a: { expr: 'x', b: 1 } }, { a: { expr: 'x', b: 1 } }],
    ['a tag that holds no text', { a: { expr: 1 } }, { a: { expr: 1 } }],
    ['a parameter that is called expr', { expr: 'x' }, { expr: 'x' }],
    [
      'an own key named __proto__',
      JSON.parse('{"a":{"__proto__":{"expr":"x"}}}'),
      JSON.parse('{"a":{"__proto__":"X"}}'),
    ],
  ])('%s', (_, params, expected) => expect(resolveParams(params, shout)).toEqual(expected))

  test('gives data that an expression made exactly once', () => {
    expect(resolveParams({ a: expr('x') }, () => expr('again'))).toEqual({ a: expr('again') })
  })

  test('tells where each expression stands', () => {
    const seen: string[] = []
    resolveParams({ a: expr('1'), b: [{ c: expr('2') }] }, (_, field) => {
      seen.push(field)
      return null
    })
    expect(seen).toEqual(['a', 'b.0.c'])
  })

  test('leaves what holds no expression as it is, not a copy', () => {
    const tagged = (value: Json): boolean =>
      exprOf(value) !== undefined ||
      isLiteral(value) ||
      (typeof value === 'object' && value !== null && Object.values(value).some(tagged))
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(isJson(value) && !tagged(value))
        const params = { a: isJson(value) ? value : null }
        expect(resolveParams(params, shout).a).toBe(params.a)
      }),
    )
  })

  test('refuses what is nested too deep to walk', () => {
    let deep: Json = expr('x')
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(() => resolveParams({ a: deep }, shout)).toThrow('nested too deep')
  })

  describe('with the schema of a node', () => {
    const log = findInfo('flow.log', 1)!.params
    const respond = findInfo('flow.respond', 1)!.params
    const flowIf = findInfo('flow.if', 1)!.params
    const http = findInfo('http.request', 1)!.params
    const run = (params: JsonObject, schema: JsonObject, trigger: Json = {}) =>
      resolveParams(params, (source) => evaluate(source, { trigger }), schema)

    test.each<[string, JsonObject, JsonObject, JsonObject]>([
      ['a number becomes text in a text field', { message: expr('1 + 1') }, log, { message: '2' }],
      ['text becomes a number in a number field', { status: expr('"404"') }, respond, { status: 404 }],
      ['text that is no number stays', { status: expr('"many"') }, respond, { status: 'many' }],
      ['free JSON stays what it is', { body: expr('"404"') }, respond, { body: '404' }],
      ['inside a record', { headers: { 'x-count': expr('3') } }, respond, { headers: { 'x-count': '3' } }],
      [
        'inside a union',
        { body: { kind: 'form', fields: { n: expr('3') } } },
        http,
        { body: { kind: 'form', fields: { n: '3' } } },
      ],
      ['text becomes yes or no', { failOnStatus: expr('"false"') }, http, { failOnStatus: false }],
      ['literals are never touched', { message: 7 }, log, { message: 7 }],
    ])('%s', (_, params, schema, expected) => expect(run(params, schema)).toEqual(expected))

    test('a missing value is null only where the schema says so', () => {
      const rules = [{ left: expr('trigger.gone'), op: 'exists' }]
      expect(run({ conditions: { rules } }, flowIf)).toEqual({
        conditions: { rules: [{ left: null, op: 'exists' }] },
      })
      expect(() => run({ message: expr('trigger.gone') }, log)).toThrow()
      expect(() => run({ conditions: { rules: [{ left: expr('trigger.') }] } }, flowIf)).toThrow()
    })
  })
})

test('expressionsIn finds each with its place, but not those in literal data', () => {
  const params: JsonObject = {
    expr: 'not one',
    a: expr('1'),
    list: [{ value: expr('2') }, { literal: expr('3') }],
  }
  const repeat = { list: expr('4'), concurrency: 1 }
  expect(new Map(expressionsIn({ params, repeat }).map(({ field, source }) => [field, source]))).toEqual(
    new Map([
      ['params.a', '1'],
      ['params.list.0.value', '2'],
      ['repeat.list', '4'],
    ]),
  )
})
