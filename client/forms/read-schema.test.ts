import { describe, expect, it } from 'vitest'
import { catalogInfo } from '#nodes/catalog-info.ts'
import { type Json, z } from '#nodes/kit/index.ts'
import type { FieldShape } from './field-shape.ts'
import { readParams } from './read-schema.ts'
import { isObject } from './values.ts'

/** The fields of a form as `path: kind`. */
function kinds(shape: FieldShape, path = ''): string[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  switch (shape.kind) {
    case 'object':
      return shape.fields.flatMap((field) => kinds(field, below(field.name)))
    case 'list':
      return [`${path}: list`, ...kinds(shape.element, `${path}[]`)]
    case 'record':
      return [`${path}: record`, ...kinds(shape.value, `${path}{}`)]
    case 'variant':
      return [
        `${path}: variant`,
        ...shape.options.flatMap((option) =>
          option.fields.flatMap((field) => kinds(field, `${path}(${option.value}).${field.name}`)),
        ),
      ]
    case 'conditions':
      return [
        `${path}: conditions`,
        ...shape.fields.flatMap((field) => kinds(field, `${path}[].${field.name}`)),
      ]
    default:
      return [`${path}: ${shape.kind}${shape.static ? ' (static)' : ''}`]
  }
}

const formOf = (schema: z.ZodType) => {
  const json: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })))
  const plain = z.json().parse(json)
  return readParams(isObject(plain) ? plain : {})
}

const known = [
  ...['multiline', 'code', 'json', 'cron', 'zone', 'conditions', 'fields', 'connection', 'model', 'workflow'],
  ...['file', 'schema'],
]

describe('the catalog', () => {
  const forms: [string, string[]][] = [
    ['trigger.manual', ['sample: json (static)']],
    ['trigger.webhook', ['method: choice (static)', 'path: text (static)', 'answer: choice (static)']],
    [
      'trigger.schedule',
      [
        'cron: cron (static)',
        'zone: zone (static)',
        'missed: choice (static)',
        'windowHours: number (static)',
      ],
    ],
    [
      'flow.if',
      [
        'conditions: conditions',
        'conditions[].left: value',
        'conditions[].op: choice (static)',
        'conditions[].right: value',
      ],
    ],
    ['flow.switch', ['value: value', 'cases: list', 'cases[].port: text (static)', 'cases[].equals: value']],
    [
      'flow.filter',
      [
        'list: list',
        'list[]: value',
        'conditions: conditions',
        'conditions[].field: text',
        'conditions[].op: choice (static)',
        'conditions[].right: value',
      ],
    ],
    ['flow.each', ['list: list', 'list[]: value', 'concurrency: number']],
    [
      'flow.wait',
      ['wait: variant', 'wait(for).amount: number', 'wait(for).unit: choice', 'wait(until).at: text'],
    ],
    ['flow.respond', ['status: number', 'body: json', 'headers: record', 'headers{}: text']],
    ['flow.stop', ['message: text', 'code: text']],
    ['flow.log', ['message: text', 'data: json']],
    ['data.set', ['fields: fields', 'keep: boolean']],
    ['code.run', ['code: code (static)', 'values: fields']],
    [
      'http.request',
      [
        'method: choice',
        'url: text',
        'query: record',
        'query{}: text',
        'headers: record',
        'headers{}: text',
        'body: variant',
        'body(json).json: json',
        'body(text).text: text',
        'body(text).contentType: text',
        'body(form).fields: record',
        'body(form).fields{}: text',
        'body(parts).parts: list',
        'body(parts).parts[]: variant',
        'body(parts).parts[](value).name: text',
        'body(parts).parts[](value).value: text',
        'body(parts).parts[](file).name: text',
        'body(parts).parts[](file).file: file',
        'body(file).file: file',
        'pages: variant',
        'pages(next).next: text',
        'pages(next).list: text',
        'pages(next).most: number',
        'pages(link).list: text',
        'pages(link).most: number',
        'pages(number).name: text',
        'pages(number).first: number',
        'pages(number).list: text',
        'pages(number).most: number',
        'pages(cursor).name: text',
        'pages(cursor).next: text',
        'pages(cursor).list: text',
        'pages(cursor).most: number',
        'keepFile: boolean',
        'failOnStatus: boolean',
      ],
    ],
    [
      'agent.run',
      [
        'model: model',
        'instructions: text',
        'message: text',
        'output: variant',
        'output(json).schema: schema',
        'memory: variant',
        'memory(conversation).key: text',
        'memory(conversation).messages: number',
        'limits.steps: number',
        'limits.tokens: number',
        'limits.costUsd: number',
        'fallback: list',
        'fallback[].connection: connection (static)',
        'fallback[].model: model',
        'maxTokens: number',
        'temperature: number',
      ],
    ],
    [
      'agent.ask',
      [
        'instructions: text',
        'message: text',
        'output: variant',
        'output(json).schema: schema',
        'model: model',
        'fallback: list',
        'fallback[].connection: connection (static)',
        'fallback[].model: model',
        'maxTokens: number',
        'temperature: number',
      ],
    ],
    ['state.get', ['scope: choice', 'key: text', 'otherwise: json']],
    [
      'state.set',
      [
        'scope: choice',
        'key: text',
        'value: json',
        'expiry: variant',
        'expiry(after).amount: number',
        'expiry(after).unit: choice',
      ],
    ],
    [
      'state.add',
      [
        'scope: choice',
        'key: text',
        'by: number',
        'expiry: variant',
        'expiry(after).amount: number',
        'expiry(after).unit: choice',
      ],
    ],
    ['state.remove', ['scope: choice', 'key: text']],
  ]
  it.each(forms)('%s has a form', (id, fields) => {
    expect(kinds(readParams(catalogInfo.find((info) => info.id === id)?.params ?? {}))).toEqual(fields)
  })

  it('names no widget that is not there', () => {
    const widgets = (value: Json): Json[] =>
      typeof value !== 'object' || value === null
        ? []
        : [...(Array.isArray(value) ? [] : [value.widget ?? null]), ...Object.values(value).flatMap(widgets)]
    const named = new Set(catalogInfo.flatMap(({ params }) => widgets(params)))
    expect([...named].filter((widget) => typeof widget === 'string' && !known.includes(widget))).toEqual([])
  })

  it('gives every field a title, so that no form shows a name of the code', () => {
    const untitled = (shape: FieldShape): string[] =>
      shape.kind === 'object'
        ? shape.fields.flatMap((field) => [...(field.title ? [] : [field.name]), ...untitled(field)])
        : shape.kind === 'variant'
          ? shape.options.flatMap((option) => option.fields.flatMap(untitled))
          : []
    expect(catalogInfo.flatMap((info) => untitled(readParams(info.params)))).toEqual([])
  })
})

describe('readParams', () => {
  it('takes words, bounds and defaults from the schema', () => {
    const shape = formOf(
      z.object({
        count: z
          .int()
          .min(1)
          .max(5)
          .default(3)
          .meta({ title: 'Count', description: 'How many', unit: 'times' }),
        at: z.int(),
        mode: z.enum(['AT', 'at_once']).meta({ options: { at_once: 'Now' }, static: true }),
        note: z.string().max(9).nullable().optional().meta({ widget: 'multiline', placeholder: 'Hi' }),
      }),
    )
    expect(shape.kind === 'object' && shape.fields.map(({ schema: _, ...field }) => field)).toEqual([
      {
        name: 'count',
        required: false,
        static: false,
        title: 'Count',
        help: 'How many',
        default: 3,
        kind: 'number',
        integer: true,
        min: 1,
        max: 5,
        unit: 'times',
      },
      { name: 'at', required: true, static: false, kind: 'number', integer: true },
      {
        name: 'mode',
        required: true,
        static: true,
        kind: 'choice',
        options: [
          { value: 'AT', title: 'AT' },
          { value: 'at_once', title: 'Now' },
        ],
      },
      { name: 'note', required: false, static: false, placeholder: 'Hi', kind: 'text', multiline: true },
    ])
  })

  it('reads a recursive type as a value, and comes to an end', () => {
    const Tree: z.ZodType = z.lazy(() => z.object({ name: z.string(), children: z.array(Tree) }))
    expect(kinds(formOf(z.object({ any: z.json(), tree: Tree })))).toEqual([
      'any: value',
      'tree.name: text',
      'tree.children: list',
      'tree.children[]: value',
    ])
  })

  it('falls back to what fits anything', () => {
    const shape = formOf(
      z.object({
        either: z.union([z.string(), z.number()]),
        loose: z.object({}).loose(),
        odd: z.string().meta({ widget: 'fields' }),
        one: z.union([z.literal('a'), z.literal('b')]),
      }),
    )
    expect(kinds(shape)).toEqual(['either: value', 'odd: text', 'one: choice'])
  })
})
