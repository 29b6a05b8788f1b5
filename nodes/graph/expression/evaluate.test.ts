// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are text here
import { describe, expect, test } from 'vitest'
import { ExpressionError } from './errors.ts'
import { evaluate } from './evaluate.ts'

const scope = {
  trigger: { body: { name: 'Ana', age: 41, tags: ['a', 'b'], empty: null, 'first name': 'Ana' } },
  steps: {
    fetch: {
      status: 200,
      body: {
        items: [
          { id: 1, price: 9.5 },
          { id: 2, price: 20 },
        ],
      },
    },
  },
  input: [3, 1, 2],
  now: '2026-03-09T15:05:00.000Z',
}

function failure(source: string): { code: string; message: string; at: string; path?: string } {
  try {
    evaluate(source, scope)
  } catch (error) {
    if (error instanceof ExpressionError) {
      const { code, message, path } = error
      return { code, message, at: source.slice(error.start, error.end), path }
    }
    throw error
  }
  throw new Error(`${source} did not fail`)
}

describe('values', () => {
  test.each([
    ['trigger.body.name', 'Ana'],
    ['trigger.body["first name"]', 'Ana'],
    ['steps.fetch.body.items[1].price', 20],
    ['trigger.body.tags.length', 2],
    ['`Hello ${trigger.body.name}, you are ${trigger.body.age}`', 'Hello Ana, you are 41'],
    ['`${trigger.body.empty}|${trigger.body.tags}`', '|["a","b"]'],
    ['trigger.body.age + 1', 42],
    ['"a" + 1 + null', 'a1'],
    ['1 + 2 * 3 ** 2 % 5 - -1', 5],
    ['"5" * "4"', 20],
    ['trigger.body.age >= 18 ? "adult" : "child"', 'adult'],
    ['trigger.body.age === 41 && !false', true],
    ['"41" == trigger.body.age', true],
    ['"41" === trigger.body.age', false],
    ['[1, { a: 2 }] === [1, { a: 2 }]', true],
    ['"name" in trigger.body', true],
    ['"constructor" in trigger.body', false],
    ['typeof trigger.body.nope', 'undefined'],
    ['undefined', null],
    ['[...input, ...["x"]]', [3, 1, 2, 'x']],
    ['({ ...trigger.body, name: "Bo" }).name', 'Bo'],
    ['{ total: steps.fetch.body.items.map((line) => line.price).sum() }', { total: 29.5 }],
    ['steps.fetch.body.items.filter((i) => i.price > 10).map((i, at) => [at, i.id])', [[0, 2]]],
    ['["1", "x", "2"].map(Number).filter(Boolean)', [1, 2]],
    ['input.sort((a, b) => b - a)', [3, 2, 1]],
    ['[1, 2].map((a) => [3].map((b) => a * b))', [[3], [6]]],
    ['/^a/i.test(trigger.body.name)', true],
    ['"a1b22".replace(/\\d+/g, (n) => n.length)', 'a1b2'],
    ['"ab".replace(/(a)(b)/, "$2$1$$&")', 'ba$&'],
    ['Math.max(...input)', 3],
    ['now.plus({ days: 1 }).format("yyyy-MM-dd")', '2026-03-10'],
    ['"2026-03-09T12:00:00-03:00" < "2026-03-09T14:00:00Z"', false],
  ])('%s', (source, value) => {
    expect(evaluate(source, scope)).toEqual(value)
  })
})

describe('what is not there', () => {
  test.each([
    ['trigger.body.nope', 'trigger.body.nope'],
    ['steps.nope.body', 'steps.nope'],
    ['steps.fetch.body.items[7].id', 'steps.fetch.body.items[7]'],
    ['trigger.body.empty.name', 'trigger.body.empty.name'],
    ['trigger.body.empty.trim()', 'trigger.body.empty'],
    ['item', 'item'],
    ['`${trigger.body.nope}`', 'trigger.body.nope'],
  ])('%s is an error that names %s', (source, path) => {
    expect(failure(source)).toMatchObject({ code: 'missing', path })
  })

  test.each([
    ['trigger.body.nope ?? "friend"', 'friend'],
    ['trigger.nope.deeper.still ?? 1', 1],
    ['trigger.body?.nope', null],
    ['trigger.nope?.deeper.still', null],
    ['trigger.nope?.trim().length', null],
    ['trigger.body.nope?.trim() ?? "none"', 'none'],
    ['trigger.body.empty?.[0]', null],
    ['item ?? "no item"', 'no item'],
  ])('%s says that this is fine', (source, value) => {
    expect(evaluate(source, scope)).toEqual(value)
  })

  test('a near name is offered', () => {
    expect(failure('trigger.body.nmae').message).toContain('Did you mean “name”?')
  })
})

describe('errors say where', () => {
  test.each([
    ['1 +', 'syntax', ''],
    ['1 2', 'syntax', '2'],
    ['', 'syntax', ''],
    ['(1 + 2))', 'syntax', ')'],
    ['trigger.body.age.trim()', 'method', 'trim'],
    ['"a".nope()', 'method', 'nope'],
    ['1 + foo', 'unknown_name', 'foo'],
    ['2 * trigger.body.tags', 'type', '2 * trigger.body.tags'],
    ['1 / 0', 'type', '1 / 0'],
    ['1 + input.map((x) => x.name.trim())', 'missing', 'x.name'],
    ['"a".match(/(?=a)/)', 'regex', '/(?=a)/'],
    ['"x".repeat("y")', 'type', '"x".repeat("y")'],
    ['trigger[["body"]]', 'type', 'trigger[["body"]]'],
    ['"nope".plus(1, "day")', 'type', '"nope".plus(1, "day")'],
  ])('%s: %s', (source, code, at) => {
    expect(failure(source)).toMatchObject({ code, at })
  })
})
