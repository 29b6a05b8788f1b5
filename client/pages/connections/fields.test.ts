import { expect, it } from 'vitest'
import { fieldsOf, filledIn, hostsIn, initialValues, wrongHost } from './fields.ts'

const kind = {
  id: 'http.header' as const,
  title: 'HTTP header',
  summary: '',
  icon: 'key-round',
  fixedHosts: false,
  signsIn: false,
  tests: false,
  limits: {},
  fields: {
    type: 'object',
    properties: {
      name: { type: 'string', title: 'Header', placeholder: 'X-API-Key', secret: false },
      value: { type: 'string', description: 'Where it is from.', widget: 'multiline' },
      tls: { type: 'string', enum: ['on', 'off'], options: { on: 'With' }, default: 'on', secret: false },
    },
    required: ['name'],
  },
}

it('reads the fields of a kind from its JSON Schema', () => {
  const plain = { help: undefined, placeholder: undefined, options: undefined, multiline: false, initial: '' }
  const choice = [
    { value: 'on', label: 'With' },
    { value: 'off', label: 'off' },
  ]
  expect(fieldsOf(kind)).toEqual([
    { ...plain, name: 'name', title: 'Header', placeholder: 'X-API-Key', secret: false, required: true },
    {
      ...{
        ...plain,
        name: 'value',
        title: 'value',
        help: 'Where it is from.',
        secret: true,
        required: false,
      },
      multiline: true,
    },
    { ...plain, name: 'tls', title: 'tls', secret: false, required: false, options: choice, initial: 'on' },
  ])
})

it('begins with what is usual, and sends nothing for what was left empty', () => {
  const fields = fieldsOf(kind)
  expect(initialValues(fields)).toEqual({ tls: 'on' })
  expect(filledIn(fields, { tls: 'off', name: 'X-Key', value: '', other: 'x' })).toEqual({
    tls: 'off',
    name: 'X-Key',
  })
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
