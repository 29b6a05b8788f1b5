import { describe, expect, it } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import { fieldsOf } from './fields.ts'
import { outcomeOf } from './send-form.ts'

it('reads the fields of a form from its schema', () => {
  const schema = {
    type: 'object',
    properties: {
      name: { title: 'Name', type: 'string', maxLength: 10 },
      mail: { type: 'string', format: 'email' },
      story: { title: 'Story', type: 'string', widget: 'multiline' },
      day: { type: 'string', format: 'date' },
      size: { type: 'string', enum: ['S', 'M'] },
      ok: { type: 'boolean' },
      count: { type: 'integer' },
      cv: { type: 'object', widget: 'file' },
    },
    required: ['name'],
  }
  expect(fieldsOf(schema).map(({ name, kind }) => [name, kind])).toEqual([
    ['name', 'text'],
    ['mail', 'email'],
    ['story', 'long_text'],
    ['day', 'date'],
    ['size', 'choice'],
    ['ok', 'checkbox'],
    ['count', 'number'],
    ['cv', 'file'],
  ])
  expect(fieldsOf(schema)[0]).toMatchObject({ label: 'Name', required: true, maxLength: 10 })
  expect(fieldsOf(schema)[1]).toMatchObject({ label: 'mail', required: false })
})

it.each<Json | undefined>([undefined, null, [], {}, { properties: 1 }])('finds no fields in %j', (schema) => {
  expect(fieldsOf(schema)).toEqual([])
})

describe('what came of sending', () => {
  const refused = (status: number, body: unknown = null) =>
    outcomeOf(status === 0 ? { ok: false, status: 0, body: null } : { ok: false, status, body })

  it('is done, refused by the workflow, or failed', () => {
    expect(outcomeOf({ ok: true, body: { ok: true, text: 'Thanks' } })).toEqual({
      kind: 'done',
      text: 'Thanks',
    })
    expect(outcomeOf({ ok: true, body: { ok: false, text: 'Sold out' } })).toEqual({
      kind: 'refused',
      text: 'Sold out',
    })
    expect(outcomeOf({ ok: true, body: { ok: false, text: null } })).toEqual({ kind: 'failed' })
    expect(outcomeOf({ ok: true, body: null })).toEqual({ kind: 'failed' })
  })

  it('names the fields that are wrong', () => {
    const body = {
      details: { faults: [{ name: 'mail', fault: 'not_email' }, { name: 'x', fault: 'evil' }, 7] },
    }
    expect(refused(400, body)).toEqual({ kind: 'faults', faults: new Map([['mail', 'not_email']]) })
    expect(refused(400, {})).toEqual({ kind: 'trouble', trouble: 'notTaken' })
  })

  it.each([
    [0, 'offline'],
    [413, 'tooLarge'],
    [415, 'notTaken'],
    [429, 'tooMany'],
    [503, 'busy'],
  ])('is the trouble of %i', (status, trouble) => {
    expect(refused(status)).toEqual({ kind: 'trouble', trouble })
  })

  it.each([
    [404, 'gone'],
    [410, 'closed'],
  ])('is over with %i', (status, kind) => {
    expect(refused(status)).toEqual({ kind })
  })
})
