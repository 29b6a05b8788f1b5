// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are text here
import { describe, expect, test } from 'vitest'
import type { JsonSchema } from '../../kit/define-node.ts'
import { inferType } from './types.ts'

const closed = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
})
const order = closed({
  id: { type: 'integer' },
  price: { type: 'number' },
  note: { type: ['string', 'null'] },
})
const scope = {
  trigger: closed({ body: {}, method: { type: 'string' } }),
  steps: closed({
    fetch: closed({ status: { type: 'integer' }, orders: { type: 'array', items: order } }),
    open: { type: 'object', properties: { known: { type: 'boolean' } } },
    tagged: { anyOf: [order, { type: 'null' }] },
  }),
  now: { type: 'string', format: 'date-time' },
}

describe('the type of the result', () => {
  test.each([
    ['trigger.body.anything.at.all', {}],
    ['steps.fetch.status', { type: 'integer' }],
    ['steps.fetch.orders[0].price', { type: 'number' }],
    ['steps.fetch.orders.map((o) => o.price)', { type: 'array', items: { type: 'number' } }],
    ['steps.fetch.orders.filter((o) => o.id > 1)[0].id', { type: 'integer' }],
    ['steps.fetch.orders.find((o) => o.id > 1)?.id', { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
    [
      'steps.fetch.orders.find((o) => o.id > 1)?.id ?? 0',
      { anyOf: [{ type: 'integer' }, { type: 'number' }] },
    ],
    ['steps.fetch.orders.flatMap((o) => [o.id])', { type: 'array', items: { type: 'integer' } }],
    ['steps.fetch.orders.reduce((sum, o) => sum + o.price, 0)', { type: 'number' }],
    ['steps.fetch.orders.length > 2', { type: 'boolean' }],
    ['`n: ${steps.fetch.status}`', { type: 'string' }],
    ['"a" + steps.fetch.status', { type: 'string' }],
    ['steps.fetch.status + 1', { type: 'number' }],
    ['now.plus(1, "day")', { type: 'string', format: 'date-time' }],
    ['trigger.body.name.toUpperCase()', { type: 'string' }],
    ['["1"].map(Number)', { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'null' }] } }],
    ['{ a: 1, b: trigger.method }', closed({ a: { type: 'number' }, b: { type: 'string' } })],
    ['steps.open.unheard', {}],
    ['steps.tagged.price', { type: 'number' }],
    ['true ? 1 : "a"', { anyOf: [{ type: 'number' }, { type: 'string' }] }],
    ['Math.round(1.5)', { type: 'number' }],
  ])('%s', (source, schema) => {
    expect(inferType(source, scope)).toEqual({ schema, problems: [] })
  })
})

describe('problems', () => {
  test.each([
    ['steps.fetch.statsu', 'missing', 'statsu', 'Did you mean “status”?'],
    ['steps.fetch.orders.map((o) => o.cost)', 'missing', 'cost', 'o.cost does not exist'],
    ['steps.fetch.status.trim()', 'method', 'trim', 'does not exist on number'],
    ['trigger.method.toUppercase()', 'method', 'toUppercase', 'no method'],
    ['trigger.method.map((x) => x)', 'method', 'map', 'does not exist on text'],
    ['steps.fetch * 2', 'type', 'steps.fetch', 'needs numbers'],
    ['now - 1', 'type', 'now', 'For dates use'],
    ['trigger.method.name', 'missing', 'name', 'this is text'],
    ['1 +', 'syntax', '', ''],
  ])('%s', (source, code, at, message) => {
    const { problems } = inferType(source, scope)
    expect(problems).toHaveLength(1)
    const [problem] = problems
    expect(problem).toMatchObject({ code, message: expect.stringContaining(message) })
    expect(source.slice(problem?.start, problem?.end)).toBe(at)
  })
})
