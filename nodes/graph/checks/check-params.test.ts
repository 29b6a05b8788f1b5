import { describe, expect, test } from 'vitest'
import { findInfo } from '../../catalog-info.ts'
import type { Json } from '../../kit/json.ts'
import { check } from '../check.ts'
import type { WorkflowDocument } from '../document.ts'
import { drawing, each, log, manual, node, set, webhook } from './drawing.ts'

/** What check finds, short: `code @node field`. */
const found = (document: WorkflowDocument) =>
  check(document, findInfo).map(({ code, node: at = '', field = '' }) => `${code} @${at} ${field}`.trim())

/** A trigger, and a node with these parameters after it. */
const following = (type: string, params: Record<string, Json>) =>
  drawing(
    [manual('start', { sample: { n: 1, t: 'x', list: [1], o: {} } }), node('it', type, { params })],
    'start > it',
  )

const expr = (source: string) => ({ expr: source })

describe('parameters', () => {
  const http = (params: Record<string, Json>) =>
    following('http.request', { url: 'https://a.example', ...params })
  test.each<[string, WorkflowDocument, string[]]>([
    ['missing', following('flow.log', {}), ['missing_parameter @it params.message']],
    [
      'empty where that is not enough',
      following('flow.stop', { message: '' }),
      ['missing_parameter @it params.message'],
    ],
    ['empty where that is enough', following('flow.log', { message: '' }), []],
    ['with a default', following('flow.wait', {}), []],
    [
      'one too many',
      following('flow.log', { message: 'x', mesage: 'y' }),
      ['unknown_parameter @it params.mesage'],
    ],
    ['wrong type', following('flow.log', { message: 7 }), ['wrong_type @it params.message']],
    ['wrong choice', http({ method: 'STEAL' }), ['wrong_choice @it params.method']],
    [
      'too small',
      following('flow.respond', { status: 99 }),
      ['respond_unused @it', 'too_small @it params.status'],
    ],
    [
      'too large',
      following('flow.respond', { status: 600 }),
      ['respond_unused @it', 'too_large @it params.status'],
    ],
    [
      'not whole',
      following('flow.respond', { status: 200.5 }),
      ['respond_unused @it', 'wrong_type @it params.status'],
    ],
    ['too long', following('flow.stop', { message: 'x'.repeat(2_001) }), ['too_long @it params.message']],
    ['too few', following('flow.if', { conditions: { rules: [] } }), ['too_few @it params.conditions.rules']],
    ['not an address', http({ url: 'users' }), ['wrong_url @it params.url']],
    ['not a web address', http({ url: 'javascript:alert(1)' }), ['wrong_url @it params.url']],
    [
      'not a date',
      following('flow.wait', { wait: { kind: 'until', at: 'tomorrow' } }),
      ['wrong_date @it params.wait.at'],
    ],
    [
      'a pattern',
      following('flow.stop', { message: 'x', code: 'Not This' }),
      ['wrong_pattern @it params.code'],
    ],
    [
      'in a list',
      following('data.set', {
        fields: [
          { name: 'a', value: 1 },
          { name: 7, value: 1 },
        ],
      }),
      ['wrong_type @it params.fields.1.name'],
    ],
    [
      'missing in a list',
      following('data.set', { fields: [{ value: 1 }] }),
      ['missing_parameter @it params.fields.0.name'],
    ],
    ['in a record', http({ headers: { 'x-a': 1 } }), ['wrong_type @it params.headers.x-a']],
    ['a union without a choice', http({ body: {} }), ['wrong_choice @it params.body.kind']],
    ['a union with a wrong choice', http({ body: { kind: 'xml' } }), ['wrong_choice @it params.body.kind']],
    ['inside a union', http({ body: { kind: 'text' } }), ['missing_parameter @it params.body.text']],
    ['right inside a union', http({ body: { kind: 'json', json: { a: [1] } } }), []],
    [
      'literal data that looks like an expression',
      following('data.set', { fields: [{ name: 'a', value: { literal: expr('oops(') } }] }),
      [],
    ],
    [
      'literal of a wrong type',
      following('flow.log', { message: { literal: 7 } }),
      ['wrong_type @it params.message'],
    ],
  ])('%s', (_, document, expected) => expect(found(document)).toEqual(expected))

  test('nested too deep is said, not overflowed', () => {
    let deep: Json = 1
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(found(following('data.set', { fields: [{ name: 'a', value: deep }] }))).toEqual([
      expect.stringMatching(/^too_deep @it params\.fields\.0\.value\.0/),
    ])
  })

  test('says what it takes and what it got', () => {
    expect(check(following('flow.log', { message: ['x'] }), findInfo)).toEqual([
      {
        severity: 'error',
        code: 'wrong_type',
        message: 'Message takes text, and this is a list.',
        values: { title: 'Message', expected: 'string', found: 'array' },
        node: 'it',
        field: 'params.message',
      },
    ])
  })
})

describe('expressions', () => {
  const says = (source: string) => found(following('flow.log', { message: 'x', data: expr(source) }))
  test.each<[string, string[]]>([
    ['trigger.n + 1', []],
    ['trigger.', ['expression_error @it params.data']],
    ['process.env', ['expression_error @it params.data']],
    ['item', ['item_outside @it params.data']],
    ['steps.start.n', []],
    ['steps.gone.n', ['unknown_step @it params.data']],
    ['steps.it', ['step_not_upstream @it params.data']],
    ['x'.repeat(20_001), ['expression_too_long @it params.data']],
  ])('%s', (source, expected) => expect(says(source)).toEqual(expected))

  test.each<[string, string, string[]]>([
    ['text from a number', 'trigger.n', []],
    ['text from a list', 'trigger.list', ['expression_type @it params.message']],
    ['text from an object', 'trigger.o', ['expression_type @it params.message']],
    ['text from who knows', 'trigger.list[0]', []],
  ])('%s', (_, source, expected) =>
    expect(found(following('flow.log', { message: expr(source) }))).toEqual(expected),
  )

  test('gives the place in the source', () => {
    const [problem] = check(following('flow.log', { message: expr('trigger.t + )') }), findInfo)
    expect(problem).toMatchObject({ code: 'expression_error', values: { start: 12, end: 13 } })
  })

  test('a list to repeat over must be a list, and item is known in what repeats only', () => {
    const repeating = (list: string, data: string) =>
      found(
        drawing(
          [
            manual('start', { sample: { list: [{ a: 1 }], n: 1 } }),
            log('it', {
              params: { message: 'x', data: expr(data) },
              repeat: { list: expr(list), concurrency: 1 },
            }),
          ],
          'start > it',
        ),
      )
    expect(repeating('trigger.list', 'item.a + index')).toEqual([])
    expect(repeating('trigger.n', 'item')).toEqual(['expression_type @it repeat.list'])
    expect(repeating('item', '1')).toEqual(['item_outside @it repeat.list'])
  })

  test('a frame body reads its own steps and those around the frame, and nobody reads into it', () => {
    const reading = (source: string, inside: boolean) =>
      found(
        drawing(
          [
            manual(),
            set('before', { a: 1 }),
            each('f', { params: { list: [{ b: 2 }] } }),
            set('one', { c: 3 }, { parent: 'f' }),
            set('two', inside ? { v: expr(source) } : {}, { parent: 'f' }),
            set('after', inside ? {} : { v: expr(source) }),
          ],
          'start > before',
          'before > f',
          'f > after',
          'one > two',
        ),
      ).filter((problem) => !problem.startsWith('unreachable'))
    expect(reading('steps.before.a + steps.one.c + item.b + input.c', true)).toEqual([])
    expect(reading('steps.f', true)).toEqual(['step_not_upstream @two params.fields.0.value'])
    expect(reading('steps.after', true)).toEqual(['step_not_upstream @two params.fields.0.value'])
    expect(reading('steps.one', false)).toEqual(['step_not_upstream @after params.fields.0.value'])
    expect(reading('steps.f[0].c', false)).toEqual([])
  })

  test('fixed values cannot be expressions', () => {
    expect(found(drawing([webhook('hook', { path: expr('"a"') })]))).toEqual([
      'static_expression @hook params.path',
    ])
  })
})
