import { describe, expect, test } from 'vitest'
import { HIDDEN, maskOf, withoutCutEnd } from './mask.ts'

const secret = 'CANARY/tok+en ümlaut"9'
const mask = maskOf([secret])

describe('a secret is found', () => {
  test.each([
    ['as it is', secret],
    ['in other letters', secret.toUpperCase()],
    ['percent-encoded', encodeURIComponent(secret)],
    ['as a form field', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['in JSON text', JSON.stringify(secret).slice(1, -1)],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
  ])('%s', (_, text) => {
    const found = mask({ deep: [{ echo: `before ${text} after` }] })
    expect(found).toEqual({ deep: [{ echo: expect.stringContaining(HIDDEN) }] })
    expect(JSON.stringify(found)).not.toContain(text)
  })

  test.each([1, 2, 3, 4, 5])('in base64 of a longer text, %i signs in', (before) => {
    const text = Buffer.from(`${'u'.repeat(before)}${secret}:tail`).toString('base64')
    expect(mask(text)).toContain(HIDDEN)
    expect(Buffer.from(mask(text).split(HIDDEN)[0] ?? '', 'base64').toString()).not.toContain('CANARY')
  })

  test('as a name', () => {
    expect(mask({ [secret]: 1 })).toEqual({ [HIDDEN]: 1 })
  })
})

test('everything else stays the very same value', () => {
  const data = JSON.parse('{"__proto__": {"a": [1, true, null, "text"]}, "b": {}}')
  expect(mask(data)).toBe(data)
})

test('own keys named __proto__ survive where something is masked', () => {
  const found = mask(JSON.parse(`{"__proto__": {"a": 1}, "b": ${JSON.stringify(secret)}}`))
  expect(Object.keys(found)).toEqual(['__proto__', 'b'])
})

test('a secret that was cut off at the end of a text is found', () => {
  expect(withoutCutEnd(`It said ${secret.slice(0, 9)}`, [secret])).toBe(`It said ${HIDDEN}`)
  expect(withoutCutEnd('It said CANAL', [secret])).toBe('It said CANAL')
})

test('what is as short as a word is left alone', () => {
  expect(maskOf(['on'])('one on one')).toBe('one on one')
})
