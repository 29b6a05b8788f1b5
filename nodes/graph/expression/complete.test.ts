// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are text here
import { describe, expect, test } from 'vitest'
import type { JsonSchema } from '../../kit/define-node.ts'
import { complete } from './complete.ts'

const known = {
  types: {
    trigger: { type: 'object', properties: { body: {}, method: { type: 'string' } } },
    steps: {
      type: 'object',
      properties: {
        fetch: {
          type: 'object',
          properties: {
            status: { type: 'integer' },
            orders: {
              type: 'array',
              items: {
                type: 'object',
                properties: { price: { type: 'number' }, 'due date': { type: 'string' } },
              },
            },
          },
        },
      },
    },
    now: { type: 'string', format: 'date-time' },
  },
  values: {
    trigger: { body: { name: 'Ana', tags: ['a'] }, method: 'POST' },
    steps: { fetch: { status: 200, orders: [{ price: 5, 'due date': '2026-01-01' }] } },
    now: '2026-03-09T15:05:00.000Z',
  },
}

/** The cursor is at `|`. */
function offers(written: string) {
  const cursor = written.indexOf('|')
  return complete(written.replace('|', ''), cursor, known)
}
const labels = (written: string) => offers(written).map(({ label }) => label)

describe('what is offered', () => {
  test.each([
    ['|', ['trigger', 'steps', 'now', 'Math.abs']],
    ['st|', ['steps']],
    ['steps.|', ['fetch', 'keys']],
    ['steps.fetch.|', ['status', 'orders']],
    ['steps.fetch.orders[0].|', ['price', 'due date']],
    ['steps.fetch.orders.map((o) => o.|', ['price', 'due date']],
    ['steps.fetch.orders.map((o) => |', ['o', 'trigger', 'steps']],
    ['steps.fetch.orders.map((o) => o.|).join()', ['price']],
    ['`Hello ${trigger.|', ['body', 'method']],
    ['`Hello ${trigger.|}, you`', ['body', 'method']],
    ['trigger.body.|', ['name', 'tags']],
    ['trigger.method.toU|', ['toUpperCase']],
    ['trigger.body?.n| ?? "x"', ['name']],
    ['{ a: steps.fetch.st|', ['status']],
    ['now.|', ['format', 'plus', 'minus']],
    ['steps.fetch.orders.|', ['length', 'map', 'filter']],
  ])('%s', (written, wanted) => {
    expect(labels(written)).toEqual(expect.arrayContaining(wanted))
  })

  test('dates have date methods first, text the others', () => {
    expect(labels('now.|').indexOf('format')).toBeLessThan(labels('now.|').indexOf('trim'))
    expect(labels('trigger.method.|').indexOf('trim')).toBeLessThan(
      labels('trigger.method.|').indexOf('format'),
    )
  })

  test('nothing inside text', () => {
    expect(labels('"steps.|"')).toEqual([])
  })
})

test('an offer has type, value and what to put where', () => {
  expect(offers('1 + steps.fetch.sta|tus')[0]).toEqual({
    kind: 'field',
    label: 'status',
    apply: 'status',
    from: 16,
    to: 19,
    detail: 'number',
    value: 200,
  })
})

test('a field whose name is no word is applied in brackets', () => {
  expect(offers('steps.fetch.orders[0].due|')[0]).toMatchObject({ apply: '["due date"]', from: 21, to: 25 })
})

test('a method is offered with signature, explanation and example', () => {
  expect(offers('trigger.method.sl|')[0]).toMatchObject({
    kind: 'method',
    apply: 'slice(',
    detail: 'slice(start?: number, end?: number): string',
    doc: expect.stringContaining('negative counts from the end'),
    example: `'workflow'.slice(0, 4) → "work"`,
  })
})

test('offers the element that led here, where a list does', () => {
  const rows = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } }
  const steps = { type: 'object', properties: { rows } }
  const labels = (types: Record<string, JsonSchema>) =>
    complete('steps.rows.', 11, { types }).map(({ label }) => label)
  expect(labels({ steps, item: {} })).toContain('item')
  expect(labels({ steps })).not.toContain('item')
})
