import { describe, expect, test } from 'vitest'
import { findInfo } from '../../catalog-info.ts'
import { WorkflowDocument } from '../document.ts'
import { addedCapabilities, capabilitiesOf } from './capabilities.ts'
import { blank, fill } from './fill.ts'
import { faultsOf, type Parameter, Parameters } from './parameter.ts'
import { put, valueAt } from './put.ts'
import { secretsIn } from './secrets.ts'
import { strip } from './strip.ts'
import { fillable, parametersOf } from './suggest.ts'
import { translate, translateParameters } from './translate.ts'

const connection = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'
const document = WorkflowDocument.parse({
  nodes: [
    { key: 'start', type: 'trigger.webhook', version: 1, params: { path: 'in' } },
    {
      key: 'call',
      type: 'http.request',
      version: 1,
      name: 'Ask',
      connection,
      params: { method: 'POST', url: 'https://api.example.com/x', headers: { 'x.y': 'z' } },
    },
    { key: 'note', type: 'flow.log', version: 1, params: { message: 'Hello', data: { expr: 'steps.call' } } },
  ],
  edges: [
    { from: 'start', port: 'out', to: 'call' },
    { from: 'call', port: 'out', to: 'note' },
  ],
})
const parameters: Parameter[] = Parameters.parse([
  {
    kind: 'connection',
    key: 'api',
    label: 'API',
    kinds: ['http.bearer'],
    targets: [{ node: 'call', path: ['connection'] }],
  },
  {
    kind: 'text',
    key: 'greeting',
    label: 'Greeting',
    targets: [{ node: 'note', path: ['params', 'message'] }],
  },
  {
    kind: 'choice',
    key: 'method',
    label: 'Method',
    default: 'GET',
    options: [
      { value: 'GET', label: 'Read' },
      { value: 'POST', label: 'Write' },
    ],
    targets: [{ node: 'call', path: ['params', 'method'] }],
  },
])

describe('filling in', () => {
  test('puts each value where it goes, and defaults where none was given', () => {
    const filled = fill(document, parameters, { api: other, greeting: 'Hi' })
    expect(filled.nodes[1]).toMatchObject({ connection: other, params: { method: 'GET' } })
    expect(filled.nodes[2]?.params.message).toBe('Hi')
    expect(filled.edges).toEqual(document.edges)
  })

  test('what a person types is never computed', () => {
    const filled = fill(document, parameters, { greeting: '{{ trigger }} ${steps.call}' })
    expect(filled.nodes[2]?.params.message).toBe('{{ trigger }} ${steps.call}')
  })

  test('a published drawing has nothing that was filled in here', () => {
    const blanked = blank(strip(document, findInfo), parameters)
    expect(JSON.stringify(blanked)).not.toContain(connection)
    expect(blanked.nodes[1]).not.toHaveProperty('connection')
    expect(blanked.nodes[2]?.params.message).toBe('')
    expect(blanked.nodes[1]?.params.method).toBe('GET')
  })

  test.each([
    ['no such parameter', { stray: 'x', greeting: 'x' }, 'stray'],
    ['a text that is missing', {}, 'greeting'],
    ['a number for a text', { greeting: 3 }, 'greeting'],
    ['an option that is none', { greeting: 'x', method: 'DELETE' }, 'method'],
    ['a connection that is no id', { greeting: 'x', api: 'mine' }, 'api'],
  ])('%s is a fault', (_, values, key) => {
    expect(faultsOf(parameters, values).map((fault) => fault.key)).toEqual([key])
  })

  test('a place that does not exist is left alone', () => {
    for (const path of [
      ['params', 'no', 'where'],
      ['key'],
      ['params'],
      ['connection', 'x'],
      ['params', 'url', 'x'],
    ])
      expect(put(document, { node: 'call', path }, 'x')).toEqual(document)
    expect(valueAt(document, { node: 'call', path: ['params', 'headers', 'x.y'] })).toBe('z')
    expect(
      Parameters.safeParse([{ ...parameters[1], targets: [{ node: 'note', path: ['params', '__proto__'] }] }])
        .success,
    ).toBe(false)
  })
})

test('what is suggested: a connection for each in use and each that lacks, and the texts of fields', () => {
  expect(parametersOf(document, findInfo)).toMatchObject([
    { kind: 'connection', key: 'http', targets: [{ node: 'call', path: ['connection'] }] },
  ])
  const places = fillable(document, findInfo).map(({ node, path }) => [node, ...path].join(' '))
  expect(places).toContain('call params url')
  expect(places).toContain('note params message')
})

test('what it can do is read off the drawing', () => {
  const can = capabilitiesOf(document, findInfo)
  expect(can).toMatchObject({
    triggers: ['trigger.webhook'],
    hosts: ['api.example.com'],
    anyHost: false,
    code: false,
    unknown: [],
  })
  expect(can.nodes.map(({ type, count }) => [type, count])).toEqual([
    ['flow.log', 1],
    ['http.request', 1],
  ])
  const computed = put(document, { node: 'call', path: ['params', 'url'] }, { expr: 'trigger.body.url' })
  const coded = {
    ...computed,
    nodes: [
      ...computed.nodes,
      {
        ...document.nodes[2]!,
        key: 'run',
        type: 'code.run',
        params: { code: "fetch('https://evil.example/x')" },
      },
    ],
  }
  const added = addedCapabilities(can, capabilitiesOf(coded, findInfo))
  expect(added).toMatchObject({ anyHost: true, code: true, hosts: ['evil.example'], triggers: [] })
  expect(
    capabilitiesOf(
      put(
        document,
        { node: 'call', path: ['params', 'url'] },
        { expr: '`https://api.example.com/${trigger.x}`' },
      ),
      findInfo,
    ).anyHost,
  ).toBe(false)
})

test.each([
  'sk-ant-api03-abcdefghijklmnopqrstuv',
  'sk_live_abcdefghijkl',
  'xoxb-123456789012-abc',
  'Bearer abcdefghijklmnopqrst',
  'postgres://user:pass@db.example/x',
  '-----BEGIN PRIVATE KEY-----',
])('what looks like a secret is found: %s', (secret) => {
  const leaking = put(document, { node: 'note', path: ['params', 'message'] }, `it is ${secret}`)
  expect(secretsIn(leaking)).toEqual([{ node: 'note', field: 'params.message' }])
  expect(
    secretsIn(put(document, { node: 'note', path: ['params', 'data'] }, { expr: `"${secret}"` })),
  ).toHaveLength(1)
  expect(secretsIn(document)).toEqual([])
})

test.each(['a.', 'eyJaaaaaaaaaaa-', '-----BEGIN ', 'a://b', 'a://b:'])(
  'long text of %j again and again is looked through, not looked at for ever',
  (piece) => {
    const long = piece.repeat(400_000 / piece.length)
    expect(secretsIn(put(document, { node: 'note', path: ['params', 'message'] }, long))).toEqual([])
  },
)

test('translating changes whole texts only, and nothing that has no words', () => {
  const spoken = translate(document, { Ask: 'Perguntar', Hello: 'Olá', 'steps.call': 'steps.call.body' })
  expect(spoken.nodes[1]).toMatchObject({ name: 'Perguntar', params: { url: 'https://api.example.com/x' } })
  expect(spoken.nodes[2]?.params).toEqual({ message: 'Olá', data: { expr: 'steps.call.body' } })
  expect(translate(document, {})).toEqual(document)
  expect(translateParameters(parameters, { Greeting: 'Saudação', Read: 'Ler' })).toMatchObject([
    {},
    { label: 'Saudação' },
    { options: [{ label: 'Ler' }, { label: 'Write' }] },
  ])
})
