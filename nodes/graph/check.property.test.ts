import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogInfo, findInfo } from '../catalog-info.ts'
import { isJson, type Json } from '../kit/json.ts'
import { check } from './check.ts'
import { drawing, each, log } from './checks/drawing.ts'
import { WorkflowDocument } from './document.ts'
import { toGraph } from './graph.ts'
import { walk } from './walk.ts'

const keys = ['a', 'b', 'c', 'd', 'e'] as const
const key = fc.constantFrom(...keys)
const source = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'trigger.x',
    'steps.a',
    'steps.b.c[0]',
    'item',
    'input',
    `\`\${steps.c}\``,
    '(',
    '__proto__',
    'steps["a"]',
  ),
)
const value: fc.Arbitrary<Json> = fc.oneof(
  { maxDepth: 3 },
  fc.record({ expr: source }),
  fc.record({ literal: fc.jsonValue().filter(isJson) }),
  fc.jsonValue().filter(isJson),
)
const names = catalogInfo.flatMap(({ params }) => Object.keys(Object(params.properties)))
const params = fc.oneof(
  fc.dictionary(fc.constantFrom(...names, '__proto__', 'expr'), value),
  fc.constantFrom(...catalogInfo.flatMap(({ examples }) => examples.map((example) => example.params))),
)
const node = fc.record(
  {
    key,
    type: fc.oneof(fc.constantFrom(...catalogInfo.map(({ id }) => id)), fc.string({ maxLength: 20 })),
    version: fc.constantFrom(1, 1, 1, 2),
    params,
    parent: key,
    repeat: fc.record({ list: fc.record({ expr: source }), concurrency: fc.constant(1) }),
  },
  { requiredKeys: ['key', 'type', 'version', 'params'] },
)
const edge = fc.record({ from: key, port: fc.constantFrom('out', 'yes', 'error', 'kept'), to: key })
const documents = fc
  .record({ nodes: fc.array(node, { maxLength: 8 }), edges: fc.array(edge, { maxLength: 10 }) })
  .map((drawn) => WorkflowDocument.parse(drawn))

test('any document is checked without throwing, the same each time, and unchanged', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const before = structuredClone(document)
      const problems = check(document, findInfo)
      expect(check(document, findInfo)).toEqual(problems)
      expect(document).toEqual(before)
      for (const problem of problems) {
        expect(problem.message).not.toBe('')
        if (problem.node !== undefined) expect(keys).toContain(problem.node)
        if (problem.edge !== undefined) expect(document.edges[problem.edge]).toBeDefined()
      }
    }),
    { numRuns: 500 },
  )
})

/** Logs and frames in a random order of wires, drawn forwards only. */
const forward = fc
  .array(fc.record({ frame: fc.boolean(), parent: fc.nat(), from: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((drawn) => {
    const nodes = drawn.map(({ frame, parent }, index) => {
      const around = drawn.slice(0, index).flatMap((other, place) => (other.frame ? [`n${place}`] : []))
      const parentKey = around[parent % (around.length + 1)]
      return {
        ...(frame ? each(`n${index}`) : log(`n${index}`)),
        ...(parentKey === undefined ? {} : { parent: parentKey }),
      }
    })
    const edges = drawn.flatMap(({ from }, index) =>
      [...new Set(from.map((place) => place % (index + 1)))]
        .filter((place) => place !== index && nodes[place]?.parent === nodes[index]?.parent)
        .map((place) => `n${place} > n${index}`),
    )
    return drawing(nodes, ...edges)
  })

test('whatever is drawn forwards has no circle, and is walked once, each after what leads to it', () => {
  fc.assert(
    fc.property(forward, (document) => {
      expect(check(document, findInfo).map(({ code }) => code)).not.toContain('cycle')
      const graph = toGraph(document)
      const moments = [...walk(graph)].map(({ key, moment }) => `${moment} ${key}`)
      expect(moments.length).toBe(document.nodes.length * 2)
      const place = (moment: string) => {
        const found = moments.indexOf(moment)
        expect(found).toBeGreaterThanOrEqual(0)
        return found
      }
      for (const { from, to } of document.edges)
        expect(place(`leave ${from}`)).toBeLessThan(place(`enter ${to}`))
      for (const { key, parent } of document.nodes)
        if (parent !== undefined) {
          expect(place(`enter ${parent}`)).toBeLessThan(place(`enter ${key}`))
          expect(place(`leave ${key}`)).toBeLessThan(place(`leave ${parent}`))
        }
    }),
  )
})
