import { dynamicIconImports } from 'lucide-react/dynamic'
import { describe, expect, test } from 'vitest'
import { catalog, connections, findDefinition } from './catalog.ts'
import { catalogInfo, describe as describeNode, findInfo } from './catalog-info.ts'
import { isJsonObject, Json, type JsonObject, z } from './kit/index.ts'
import { runExample } from './kit/run-example.ts'

/** The examples' code is ours, so it needs no sandbox here. */
const runCode = async (code: string, globals: Record<string, Json>) => ({
  value: Json.parse(new Function(...Object.keys(globals), code)(...Object.values(globals))),
  logs: [],
})

const icons = new Set(Object.keys(dynamicIconImports))

/** Every field of a form, at any depth, with where it is. */
function* fields(schema: JsonObject, path = ''): Generator<{ path: string; field: JsonObject }> {
  const { properties, items, oneOf } = schema
  if (isJsonObject(properties)) {
    for (const [name, field] of Object.entries(properties)) {
      if (!isJsonObject(field)) continue
      // The `kind` of a union is shown by its options' titles.
      if (!Object.hasOwn(field, 'const')) yield { path: `${path}${name}`, field }
      yield* fields(field, `${path}${name}.`)
    }
  }
  if (isJsonObject(items)) yield* fields(items, path)
  if (Array.isArray(oneOf)) for (const option of oneOf) if (isJsonObject(option)) yield* fields(option, path)
}

test('ids are unique', () => {
  expect(new Set(catalog.map(({ id }) => id)).size).toBe(catalog.length)
  expect(new Set(connections.map(({ id }) => id)).size).toBe(connections.length)
})

test('finds a node by type and version only', () => {
  expect(findDefinition('flow.if', 1)?.title).toBe('If')
  expect(findInfo('flow.if', 1)?.ports).toEqual(['yes', 'no'])
  for (const [type, version] of [
    ['flow.if', 2],
    ['flow.nope', 1],
    ['__proto__', 1],
  ] as const) {
    expect(findDefinition(type, version)).toBeUndefined()
    expect(findInfo(type, version)).toBeUndefined()
  }
})

describe.each(catalogInfo)('$id', (info) => {
  test('its form is plain JSON Schema with a title on every field', () => {
    expect(info.params).toMatchObject({ type: 'object' })
    expect(JSON.parse(JSON.stringify(info))).toEqual(info)
    expect(JSON.stringify(info)).not.toContain('"$ref"')
    for (const { path, field } of fields(info.params)) expect(field, path).toHaveProperty('title')
  })

  test('its card line names parameters that exist', () => {
    const named = [...(info.line ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const { properties } = info.params
    for (const name of named) expect(properties).toHaveProperty(String(name))
  })

  test('its icon exists', () => {
    expect(icons).toContain(info.icon)
  })

  test('its connection kinds exist', () => {
    const kinds = connections.map(({ id }): string => id)
    for (const kind of info.connection?.kinds ?? []) expect(kinds).toContain(kind)
  })
})

describe.each(catalog)('$id', (node) => {
  test('has an example', () => expect(node.examples.length).toBeGreaterThan(0))

  if (node.role !== 'step') {
    test.each([...node.examples])('example: $title', (example) => {
      expect(() => node.params.parse(example.params)).not.toThrow()
      if ('output' in example) expect(node.output.parse(example.output)).toEqual(example.output)
    })
    return
  }

  test.each([...node.examples])('example: $title', async (example) => {
    const outcome = await runExample(node, example, runCode)
    const { output, port, waitsUntil, fails } = { port: undefined, waitsUntil: undefined, ...example }
    expect(outcome).toEqual(fails === undefined ? { output, port, waitsUntil } : { fails })
    if (fails === undefined) expect(node.output.parse(output)).toEqual(output)
  })
})

describe.each(catalog.flatMap((node) => (node.role === 'trigger' ? [node] : [])))('$id', (trigger) => {
  // D-15: without a connection there would be nothing to check a delivery with.
  test('who is called from outside checks who calls, with a connection', () => {
    const isEvent = trigger.starts === 'event'
    expect([trigger.receive !== undefined, isEvent && trigger.connection?.required === true]).toEqual([
      isEvent,
      isEvent,
    ])
    expect(trigger.poll !== undefined).toBe(trigger.starts === 'poll')
  })

  test('says nothing that could be computed: it is read before there is a run', () => {
    const computed = [...fields(describeNode(trigger).params)].filter(({ field }) => field.static !== true)
    expect(computed.map(({ path }) => path)).toEqual([])
  })
})

describe.each(connections)('connection $id', (connection) => {
  test('has titles, an icon and says which fields are secret', () => {
    const form = z.toJSONSchema(connection.fields, { io: 'input' })
    expect(icons).toContain(connection.icon)
    for (const field of Object.values(form.properties ?? {})) {
      expect(field).toMatchObject({ title: expect.any(String), secret: expect.any(Boolean) })
    }
  })
})
