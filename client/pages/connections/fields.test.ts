import { expect, it } from 'vitest'
import { fieldsOf, hostsIn, wrongHost } from './fields.ts'

it('reads the fields of a kind from its JSON Schema', () => {
  const kind = {
    id: 'http.header' as const,
    title: 'HTTP header',
    summary: '',
    icon: 'key-round',
    fields: {
      type: 'object',
      properties: {
        name: { type: 'string', title: 'Header', placeholder: 'X-API-Key', secret: false },
        value: { type: 'string' },
      },
      required: ['name'],
    },
  }
  expect(fieldsOf(kind)).toEqual([
    { name: 'name', title: 'Header', placeholder: 'X-API-Key', secret: false, required: true },
    { name: 'value', title: 'value', placeholder: undefined, secret: true, required: false },
  ])
})

it('takes hosts as one types them', () => {
  expect(hostsIn(' api.acme.com,\n*.acme.com  api.acme.com;')).toEqual(['api.acme.com', '*.acme.com'])
})

it.each([
  ['https://api.acme.com', true],
  ['api.acme.com/v1', true],
  ['api.acme.com:8080', true],
  ['user@api.acme.com', true],
  ['api.acme.com', false],
  ['*.acme.com', false],
  ['[::1]', false],
])('sees that %s is wrong: %s', (host, wrong) => {
  expect(wrongHost(['ok.example', host])).toBe(wrong ? host : undefined)
})
