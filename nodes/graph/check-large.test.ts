import { expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import { check } from './check.ts'
import { drawing, each, log, manual, set } from './checks/drawing.ts'
import { documentLimits } from './document.ts'
import { renameNode } from './rename.ts'
import { scopeTypes } from './shapes.ts'

const COUNT = documentLimits.nodes - 1

const chain = drawing(
  [
    manual('n0', { sample: { total: 1 } }),
    ...Array.from({ length: COUNT }, (_, index) =>
      set(`n${index + 1}`, {
        total: { expr: `steps.n${index}.total + 1` },
        first: { expr: 'trigger.total' },
        text: { expr: `\`\${steps.n${Math.max(0, index - 7)}.total} of \${input.total}\`` },
      }),
    ),
  ],
  ...Array.from({ length: COUNT }, (_, index) => `n${index} > n${index + 1}`),
)

test('the largest chain is sound, and its last step knows its first', () => {
  expect(check(chain, findInfo)).toEqual([])
  expect(scopeTypes(chain, `n${COUNT}`, findInfo).input).toMatchObject({
    properties: { total: { type: 'number' } },
  })
})

test('the largest chain of nodes that pass their input on', () => {
  const passing = drawing(
    [
      manual('n0', { sample: { total: 1 } }),
      ...Array.from({ length: COUNT }, (_, index) => log(`n${index + 1}`)),
    ],
    ...Array.from({ length: COUNT }, (_, index) => `n${index} > n${index + 1}`),
  )
  expect(check(passing, findInfo)).toEqual([])
  expect(scopeTypes(passing, `n${COUNT}`, findInfo).input).toMatchObject({
    properties: { total: { type: 'integer' } },
  })
})

test('frames in frames, as deep as they go', () => {
  const deep = drawing(
    [
      manual('n0'),
      ...Array.from({ length: COUNT - 1 }, (_, index) =>
        each(`n${index + 1}`, index === 0 ? {} : { parent: `n${index}` }),
      ),
      log(`n${COUNT}`, { parent: `n${COUNT - 1}`, params: { message: { expr: 'item + 1' } } }),
    ],
    'n0 > n1',
  )
  expect(check(deep, findInfo)).toEqual([])
  expect(renameNode(deep, 'n1', 'outermost').nodes[2]).toMatchObject({ parent: 'outermost' })
})

test('the longest circle is one problem', () => {
  const circle = { ...chain, edges: [...chain.edges, { from: `n${COUNT}`, port: 'out', to: 'n1' }] }
  expect(check(circle, findInfo).map(({ code }) => code)).toEqual(['cycle'])
})

test('as many edges as a workflow holds', () => {
  const layers = Array.from({ length: 100 }, (_, layer) =>
    Array.from({ length: 10 }, (_, place) => `l${layer}_${place}`),
  )
  const edges = layers
    .slice(1)
    .flatMap((layer, index) => layer.flatMap((to) => (layers[index] ?? []).map((from) => `${from} > ${to}`)))
  const dense = drawing(
    [manual('start'), ...layers.flat().map((key) => log(key))],
    ...(layers[0] ?? []).map((to) => `start > ${to}`),
    ...edges,
  )
  expect(check(dense, findInfo)).toEqual([])
})
