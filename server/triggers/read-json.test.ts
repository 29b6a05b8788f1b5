import { describe, expect, it } from 'vitest'
import { JsonRefusal, jsonLimits, readJson, readText } from './read-json.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const refusal = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof JsonRefusal) return error.message
    throw error
  }
  return null
}

describe('readJson', () => {
  it.each([
    ['{"a":[1,-2.5e3,true,null,"x"]}', { a: [1, -2500, true, null, 'x'] }],
    ['"[[[[{{{{,,,,"', '[[[[{{{{,,,,'],
    ['"\\"[\\\\"', '"[\\'],
    ['0', 0],
    ['[]', []],
    [`"${'9'.repeat(400)}"`, '9'.repeat(400)],
  ])('reads %s', (text, value) => {
    expect(readJson(text)).toEqual(value)
  })

  it('takes exactly the depth and the number of values it allows', () => {
    expect(refusal(() => readJson(nested(jsonLimits.depth)))).toBeNull()
    expect(refusal(() => readJson(nested(jsonLimits.depth + 1)))).toContain('100 levels')
    expect(refusal(() => readJson(`[${'1,'.repeat(99_997)}1]`))).toBeNull()
    expect(refusal(() => readJson(`[${'1,'.repeat(100_000)}1]`))).toContain('100000 values')
  })

  it('refuses a body 200,000 levels deep without a stack overflow', () => {
    expect(refusal(() => readJson(nested(200_000)))).toContain('deeper')
  })

  it.each(['1e400', '[1e400]', '{"a":-1e999}', '9'.repeat(400)])('refuses the number in %s', (text) => {
    expect(refusal(() => readJson(text))).toContain('too large')
  })

  it.each(['', '{', '1.2.3', '{"a":1}x', "{'a':1}", 'NaN', '{"a":1}\n{"a":2}', '"unclosed', '\\'])(
    'refuses %j',
    (text) => {
      expect(refusal(() => readJson(text))).toBe('The body is not valid JSON')
    },
  )

  it('keeps __proto__ as a plain own key', () => {
    const value = readJson('{"__proto__":{"admin":true}}')
    expect(Object.keys(Object(value))).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Reflect.get({}, 'admin')).toBeUndefined()
  })
})

describe('readText', () => {
  it('refuses what is not UTF-8, and a byte order mark', () => {
    expect(refusal(() => readText(Buffer.from([0x22, 0xff, 0x22])))).toContain('UTF-8')
    expect(refusal(() => readText(Buffer.from('\uFEFF{}')))).toContain('byte order mark')
    expect(refusal(() => readText(Buffer.from('{}', 'utf16le')))).toBeNull()
    expect(readText(Buffer.from('"é"'))).toBe('"é"')
  })
})
