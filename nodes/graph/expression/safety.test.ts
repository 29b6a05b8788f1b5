// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are text here
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../kit/json.ts'
import { ExpressionError } from './errors.ts'
import { evaluate } from './evaluate.ts'
import { functions } from './methods/statics.ts'

const scope = () => ({
  trigger: { body: { name: 'Ana', list: [1, 'a', null], n: 4, yes: true, nothing: null } },
  steps: {},
  input: [3, 1, 2],
  item: { id: 1 },
  now: '2026-03-09T15:05:00.000Z',
})

type Outcome = { value: Json } | { code: string }

function outcome(source: string, data: Record<string, Json> = scope()): Outcome {
  try {
    return { value: evaluate(source, data) }
  } catch (error) {
    if (error instanceof ExpressionError) return { code: error.code }
    throw error
  }
}

function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false
  return Reflect.ownKeys(value).every((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (Array.isArray(value) && key === 'length') return true
    return typeof key === 'string' && property !== undefined && 'value' in property && isPlain(property.value)
  })
}

const inherited = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
]
const inheritedNames = [...new Set(inherited.flatMap((prototype) => Object.getOwnPropertyNames(prototype)))]

describe('own keys only', () => {
  test.each(['trigger.body', 'trigger.body.name', 'trigger.body.list', 'trigger.body.n', 'trigger.body.yes'])(
    'nothing inherited is found on %s',
    (path) => {
      for (const name of inheritedNames) {
        if (name === 'length' && /name$|list$/.test(path)) continue
        if (name === 'name' && path === 'trigger.body') continue
        expect(outcome(`${path}.${name}`), name).toEqual({ code: 'missing' })
        expect(outcome(`${path}[${JSON.stringify(name)}]`), name).toEqual({ code: 'missing' })
        expect(outcome(`${path}?.${name}`), name).toEqual({ value: null })
      }
    },
  )

  test('a key is text or a whole number, and is never made into one (EX-03)', () => {
    for (const key of ['["name"]', '{ a: 1 }', 'null', 'true', '1.5', '[[]]']) {
      expect(outcome(`trigger.body[${key}]`), key).toEqual({ code: 'type' })
    }
  })

  test('data with the names of methods and of hooks is data (EX-09)', () => {
    const data: Json = JSON.parse(
      '{"then":1,"toJSON":2,"valueOf":3,"toString":4,"constructor":{"a":5},"length":6,"__proto__":{"polluted":7},"hasOwnProperty":8}',
    )
    const held = { input: data }
    expect(outcome('input', held)).toEqual({ value: data })
    expect(outcome('({ ...input })', held)).toEqual({ value: data })
    expect(outcome('input.merge({})', held)).toEqual({ value: data })
    expect(outcome('Object.fromEntries(Object.entries(input))', held)).toEqual({ value: data })
    expect(outcome('JSON.parse(JSON.stringify(input))', held)).toEqual({ value: data })
    expect(
      outcome(
        '[input.then, input.toJSON, input.constructor.a, input.length, input.__proto__.polluted]',
        held,
      ),
    ).toEqual({
      value: [1, 2, 5, 6, 7],
    })
    expect(outcome('({ ["__proto__"]: { x: 1 } }).x')).toEqual({ code: 'missing' })
    expect(outcome('({ __proto__: { x: 1 } })')).toEqual({ value: JSON.parse('{"__proto__":{"x":1}}') })
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })
})

test('no name of the host can be reached (EX-07)', () => {
  const spaces = new Set([...functions.keys()].map((name) => name.split('.')[0] ?? ''))
  for (const name of [
    ...Object.getOwnPropertyNames(globalThis),
    'arguments',
    'require',
    'module',
    'exports',
    'eval',
    '__dirname',
  ]) {
    if (name === 'undefined' || !/^[A-Za-z_$][\w$]*$/.test(name)) continue
    const code = spaces.has(name) ? 'forbidden' : 'unknown_name'
    expect(outcome(name), name).toEqual({ code })
    expect(outcome(`${name}.constructor`), name).toEqual({
      code:
        spaces.has(name) && [...functions.keys()].some((known) => known.startsWith(`${name}.`))
          ? 'method'
          : code,
    })
    if (!spaces.has(name)) expect(outcome(`${name}()`), name).toEqual({ code: 'unknown_name' })
  }
})

const heads = [
  '""',
  '[]',
  '({})',
  '(1)',
  'true',
  'now',
  'input',
  'trigger.body.name',
  '`a`',
  '/a/',
  'Math',
  'Object',
  'Math.abs',
  'input.map',
]
const walks = [
  '.constructor.constructor("return 7")()',
  '["constructor"]["constructor"]("return 7")()',
  '.constructor.constructor.call(null, "return 7")()',
  '.__proto__.constructor.constructor("return 7")()',
  '["con" + "structor"]["constructor"]("return 7")()',
  '?.constructor?.constructor("return 7")()',
  '[["constructor"]][["constructor"]]("return 7")()',
  '.constructor.constructor`return 7```',
  '.map((x) => x.constructor.constructor("return 7")())[0]',
  '.map((x) => { return 7 })[0]',
  '.at.constructor("return 7")()',
  '.valueOf().constructor.constructor("return 7")()',
  '.concat.call.constructor("return 7")()',
  '.sort.bind.constructor("return 7")()',
  '.__lookupGetter__("__proto__").constructor("return 7")()',
  '.toString.constructor("return 7")()',
]
const others = [
  'new Function("return 7")()',
  'Function("return 7")()',
  'eval("7")',
  '(() => {}).constructor("return 7")()',
  'input.map(Function)[0]',
  'input.map(eval)[0]',
  '[..."7"].map((x) => this.constructor.constructor("return 7")())[0]',
  '({ a: 7, get b() { return 7 } }).b',
  '({ valueOf() { return 7 } }) + 0',
  'Object.getPrototypeOf(input).constructor("return 7")',
  'Object.getOwnPropertyDescriptor(input, "length").constructor.constructor("return 7")()',
  'Reflect.construct(Function, ["return 7"])()',
  'import("data:text/javascript,export default 7")',
  'JSON.parse.constructor("return 7")()',
  'JSON.parse("[7]", (k, v) => v).constructor.constructor("return 7")()',
  '"a".replace("a", Function)',
  '"return 7".replace(/.*/, (s) => Function(s)())',
  'Array.from.constructor("return 7")()',
  'Array.from({ length: 1 }, Function)[0]',
  'globalThis.eval("7")',
  'process.binding("a") || 7',
  '[].flat.constructor("return 7")()',
  '`${({}).constructor.constructor("return 7")()}`',
  '({ [`constructor`]: 1 })["constructor"].constructor.constructor("return 7")()',
]

test('no published way out of an expression gives 7 (EX-01)', () => {
  const sources = [...heads.flatMap((head) => walks.map((walk) => head + walk)), ...others]
  expect(sources.length).toBeGreaterThan(40)
  for (const source of sources) {
    const result = outcome(source)
    expect('value' in result ? [source, result.value] : null, source).not.toEqual([source, 7])
    expect(result, source).toHaveProperty('code')
  }
})

describe('budgets hold', () => {
  test.each([
    ['"x".repeat(1e9)'],
    ['"x".padStart(1e9)'],
    ['"x".padEnd(1e9, "ab")'],
    ['Array.from({ length: 1e9 })'],
    ['range(1, 1e9)'],
    ['range(1, 3000).map((i) => range(1, 3000))'],
    ['range(1, 40).reduce((text) => text + text, "xxxxxxxx")'],
    ['range(1, 40).reduce((text) => `${text}${text}`, "xxxxxxxx")'],
    ['range(1, 40).reduce((text) => text.replaceAll("x", "xx"), "xxxxxxxx")'],
    ['range(1, 40).reduce((text) => text.replace(/x/g, "$&$&"), "xxxxxxxx")'],
    ['range(1, 40).reduce((text) => text.concat(text), "xxxxxxxx")'],
    ['range(1, 40).reduce((list) => [...list, ...list], [1, 2, 3, 4])'],
    ['range(1, 40).reduce((list) => list.concat(list), [1, 2, 3, 4])'],
    ['range(1, 40).reduce((list) => [list, list].flat(), [1, 2, 3, 4])'],
    ['range(1, 40).reduce((list) => [list, list], [1, 2, 3, 4]).toJsonString()'],
    ['range(1, 40).reduce((list) => [list, list], [1]) === range(1, 40).reduce((list) => [list, list], [1])'],
    ['range(1, 1e5).map((i) => "x".repeat(1000)).join("")'],
    ['range(1, 1e5).map((i) => range(1, 100).map((j) => i * j))'],
    ['range(1, 1000).map((i) => range(1, 1000).map((j) => range(1, 1000)))'],
    ['Math.max(...range(1, 1e9))'],
    ['range(1, 60).reduce((list) => [list, list], [])'],
    ['range(1, 500).reduce((list) => [list], [])'],
    ['range(1, 60).reduce((of) => ({ a: of, b: of }), {})'],
    ['range(1, 1000).map(() => "x".repeat(100000))'],
    ['["x".repeat(1e6)].flatMap((x) => range(1, 1000).map(() => x))'],
    ['"a".repeat(5e6).includes("a".repeat(5e4) + "b")'],
    ['"x".repeat(20000).replace(/(?:x*y)|x/g, "z")'],
    ['"x".repeat(20000).split(/(?:x*y)|x/)'],
    ['"ab".replace(/a/, "$<".repeat(500000)).repeat(100)'],
    ['"a,".repeat(1e6).split(",").map((x) => "a,".repeat(1e5).split(","))'],
  ])('%s', (source) => {
    expect(outcome(source)).toEqual({ code: 'budget' })
  })

  test('nesting', () => {
    const deep = (open: string, close: string, times: number) =>
      `${open.repeat(times)}1${close.repeat(times)}`
    for (const source of [
      deep('(', ')', 9_000),
      deep('[', ']', 9_000),
      deep('{a:', '}', 4_000),
      deep('!', '', 15_000),
      deep('-(', ')', 5_000),
      deep('1+', '', 9_000),
      deep('', '+1', 9_000),
      deep('`${', '}`', 4_000),
      deep('[1].map((x)=>', ')', 1_000),
      deep('1?1:', '', 4_000),
      deep('now.trim', '()', 1),
    ]) {
      expect(outcome(source), source.slice(0, 20)).toHaveProperty('code')
    }
    expect(outcome('[].concat'.concat('("a")'.repeat(1), '.concat([])'.repeat(1500)))).toEqual({
      code: 'budget',
    })
    expect(outcome(`1${' '.repeat(20_000)}`)).toEqual({ code: 'budget' })
  })

  test('a small budget is kept', () => {
    expect(() => evaluate('range(1, 100).map((i) => i * 2)', {}, { steps: 50 })).toThrow('too many steps')
    expect(() => evaluate('"x".repeat(100)', {}, { size: 50 })).toThrow('too much data')
    expect(() => evaluate('[input, input]', { input: 'x'.repeat(100) }, { size: 150 })).toThrow(
      'too much data',
    )
    // What is only read is not counted: it is there already.
    expect(evaluate('input', { input: 'x'.repeat(100) }, { size: 50 })).toHaveLength(100)
  })
})

test('a pattern that hangs other engines is answered (EX-15)', () => {
  expect(outcome('"a".repeat(50000).concat("!").match(/^(a+)+$/)')).toEqual({ value: null })
  expect(outcome('/(x+x+)+y/.test("x".repeat(50000))')).toEqual({ value: false })
  expect(outcome('/((a{100}){100}){100}/.test("a")')).toEqual({ code: 'regex' })
  expect(
    outcome('date("1".repeat(150).concat("x"), "d".repeat(0).concat("dddddddddddddddddddddddddddddddddd"))'),
  ).toEqual({ code: 'type' })
})

/** Sources made of everything the language has, and of much that it has not. */
const part = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      'trigger',
      'input',
      'item',
      'now',
      'x',
      '1',
      '"a"',
      'null',
      'true',
      '[]',
      '({})',
      '/a/g',
      'this',
      'Math',
      'Object',
      'Number',
    ),
    fc.tuple(tie('any'), fc.constantFrom(...inheritedNames)).map(([on, name]) => `${on}.${name}`),
    fc
      .tuple(tie('any'), fc.constantFrom('body', 'name', 'list', 'id', '__proto__', 'constructor'))
      .map(([on, name]) => `${on}?.${name}`),
    fc.tuple(tie('any'), tie('any')).map(([on, key]) => `${on}[${key}]`),
    fc
      .tuple(
        tie('any'),
        fc.constantFrom(...inheritedNames, 'sum', 'unique', 'plus', 'pick', 'toJsonString'),
        fc.array(tie('any'), { maxLength: 3 }),
      )
      .map(([on, name, args]) => `${on}.${name}(${args.join(', ')})`),
    fc
      .tuple(fc.constantFrom(...functions.keys()), fc.array(tie('any'), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    tie('any').map((body) => `(x) => ${body}`),
    tie('any').map((body) => `(${body})`),
    fc.array(tie('any'), { maxLength: 3 }).map((of) => `[${of.join(', ')}]`),
    fc.tuple(tie('any'), tie('any')).map(([key, of]) => `({ [${key}]: ${of} })`),
    tie('any').map((of) => `({ ...${of} })`),
    tie('any').map((of) => `[...${of}]`),
    fc
      .tuple(
        tie('any'),
        fc.constantFrom('+', '-', '==', '===', '<', '??', '||', '&&', 'in', '**'),
        tie('any'),
      )
      .map((of) => of.join(' ')),
    tie('any').map((of) => `\`a\${${of}}\``),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([test_, yes, no]) => `${test_} ? ${yes} : ${no}`),
  ),
}))

test('whatever is written: plain JSON or an ExpressionError, and the scope stays as it was', () => {
  let values = 0
  const names = Object.getOwnPropertyNames(Object.prototype).join()
  fc.assert(
    fc.property(part.any, (source) => {
      const data = scope()
      const before = JSON.stringify(data)
      const result = outcome(String(source), data)
      if ('value' in result) {
        values += 1
        expect(isPlain(result.value), String(source)).toBe(true)
      }
      expect(JSON.stringify(data)).toBe(before)
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(names)
    }),
    { numRuns: 4_000, seed: 20_261_121 },
  )
  // Most that is written so is refused; enough is not.
  expect(values).toBeGreaterThan(200)
})

test('methods that change a list in JavaScript leave it as it was (EX-21)', () => {
  const data = scope()
  const before = JSON.stringify(data)
  for (const source of [
    'input.sort()',
    'input.reverse()',
    'input.pop()',
    'input.shift()',
    'input.append(1)',
    'Object.assign(item, { id: 2 })',
    'item.merge({ id: 2 })',
  ]) {
    outcome(source, data)
  }
  expect(JSON.stringify(data)).toBe(before)
})
