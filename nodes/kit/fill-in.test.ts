import { describe, expect, test } from 'vitest'
import { type Fault, fillIn } from './fill-in.ts'
import { FormField, schemaOfFields } from './form-fields.ts'
import type { Json, JsonObject } from './json.ts'

const fields = [
  { name: 'name', label: 'Name', required: true },
  { name: 'email', label: 'E-mail', kind: 'email' },
  { name: 'story', label: 'Story', kind: 'long_text' },
  { name: 'count', label: 'Count', kind: 'number' },
  { name: 'size', label: 'Size', kind: 'choice', options: ['S', 'M'] },
  { name: 'day', label: 'Day', kind: 'date' },
  { name: 'agree', label: 'I agree', kind: 'checkbox', required: true },
  { name: 'cv', label: 'CV', kind: 'file' },
].map((field) => FormField.parse(field))
const schema = schemaOfFields(fields)
const good: JsonObject = { name: 'Ada', agree: true }

test('what was left out is null', () => {
  expect(fillIn(schema, good)).toEqual({
    values: {
      ...{ name: 'Ada', email: null, story: null, count: null, size: null, day: null },
      ...{ agree: true, cv: null },
    },
  })
})

test('texts lose the space around them, numbers may come as text', () => {
  const given = { ...good, name: ' Ada ', email: 'a@b.co ', count: ' -2.5 ', size: 'M', day: '2028-02-29' }
  expect(fillIn(schema, given)).toMatchObject({
    values: { name: 'Ada', email: 'a@b.co', count: -2.5, size: 'M', day: '2028-02-29' },
  })
})

describe('faults', () => {
  test.each<[string, Json, Fault]>([
    ['name', '  ', 'required'],
    ['name', null, 'required'],
    ['agree', false, 'required'],
    ['agree', 'yes', 'not_checkbox'],
    ['name', 7, 'not_text'],
    ['name', { $ne: 1 }, 'not_text'],
    ['name', ['Ada', 'Eve'], 'not_text'],
    ['name', 'x'.repeat(1_001), 'too_long'],
    ['story', 'x'.repeat(20_001), 'too_long'],
    ['email', 'ada', 'not_email'],
    ['email', 'a@b', 'not_email'],
    ['email', 'a@b.co, c@d.co', 'not_email'],
    ['email', 'a@b.co\nbcc: c@d.co', 'not_email'],
    ['email', `${'a'.repeat(400)}@b.co`, 'too_long'],
    ['count', 'ten', 'not_number'],
    ['count', '0x10', 'not_number'],
    ['count', '9'.repeat(400), 'not_number'],
    ['count', true, 'not_number'],
    ['size', 'L', 'not_option'],
    ['size', '__proto__', 'not_option'],
    ['day', '2027-02-29', 'not_date'],
    ['day', '29/02/2028', 'not_date'],
    ['cv', { file: '0f8fad5b-d9cb-469f-a165-70867728950e', name: 'a', type: 'b/c', size: 1 }, 'not_file'],
    ['cv', '/etc/passwd', 'not_file'],
    ['extra', 'x', 'unknown_field'],
  ])('%s: %j is %s', (name, value, fault) => {
    expect(fillIn(schema, { ...good, [name]: value })).toEqual({ faults: [{ name, fault }] })
  })

  test('a key such as __proto__ is just unknown', () => {
    const given: JsonObject = JSON.parse('{"name":"Ada","agree":true,"__proto__":{"admin":true}}')
    expect(fillIn(schema, given)).toEqual({ faults: [{ name: '__proto__', fault: 'unknown_field' }] })
  })

  test('all are told at once', () => {
    expect(fillIn(schema, { count: 'x' })).toEqual({
      faults: [
        { name: 'name', fault: 'required' },
        { name: 'count', fault: 'not_number' },
        { name: 'agree', fault: 'required' },
      ],
    })
  })
})

test('only a file that was stored is one', () => {
  const cv = { file: '0f8fad5b-d9cb-469f-a165-70867728950e', name: 'a.pdf', type: 'application/pdf', size: 1 }
  expect(fillIn(schema, good, new Map([['cv', cv]]))).toMatchObject({ values: { cv } })
  for (const name of ['other', 'email'])
    expect(fillIn(schema, good, new Map([[name, cv]]))).toEqual({
      faults: [{ name, fault: 'unknown_field' }],
    })
})

test('of two fields with one name the last counts', () => {
  const twice = schemaOfFields([...fields, FormField.parse({ name: 'name', label: 'Again', kind: 'number' })])
  expect(fillIn(twice, { name: 3, agree: true })).toMatchObject({ values: { name: 3 } })
})
