import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinTexts, type Part, readTemplate, writeTemplate } from './template.ts'

// A stand-in for the parser with the same judgement on what is generated here.
const isExpression = (source: string) => {
  try {
    new Function(`return (${source}\n)`)
    return source.trim() !== ''
  } catch {
    return false
  }
}
const awkward = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '$',
        '{',
        '}',
        '${',
        '\\',
        '\r',
        '\n',
        '\r\n',
        '\u2028',
        '\0',
        '\ud800',
        'é',
        '\\u',
        '\\x4',
      ),
    )
    .map((pieces) => pieces.join('')),
)
const expression = fc.constantFrom(
  'steps.fetch.body.name',
  'steps.fetch["content-type"]',
  '{ a: { b: 1 } }',
  '"}"',
  'trigger.x ?? "`${"',
  '`nested ${steps.a} }`',
  ' item ',
)
const parts = fc.array(
  fc.oneof(
    awkward,
    expression.map((expr): Part => ({ expr })),
  ),
)

describe('template', () => {
  it('gives back exactly the parts it was written from', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(readTemplate(writeTemplate(given), isExpression)).toEqual(joinTexts(given))
      }),
      { numRuns: 500 },
    )
  })

  it('means to JavaScript what the text says', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        expect(new Function(`return ${writeTemplate([text])}`)()).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('writes the stored form of the contract', () => {
    expect(writeTemplate(['Hello ', { expr: 'steps.fetch.body.name' }])).toBe(
      '`Hello ${steps.fetch.body.name}`',
    )
    expect(writeTemplate(['$', { expr: 'item.price' }])).toBe('`$${item.price}`')
  })

  it.each([
    ['steps.a', null],
    ["'text'", null],
    ['`a` + `b`', null],
    ['`open', null],
    ['`a${`', null],
    ['`\\1`', null],
    ['`\\u{110000}`', null],
    [' `a` ', ['a']],
    ['``', []],
    ['`\\x41\\u0042\\u{43}\\q\\\n`', ['ABCq']],
  ])('reads %j', (source, expected) => {
    expect(readTemplate(source, isExpression)).toEqual(expected)
  })
})
