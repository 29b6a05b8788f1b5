import { expect, it } from 'vitest'
import { findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { guideNow, guideProgress } from './guide.ts'

const hook: DocumentNode = {
  key: 'hook',
  type: 'trigger.webhook',
  version: 1,
  params: { path: 'first' },
  position: { x: 0, y: 0 },
}
const set: DocumentNode = { ...hook, key: 'set', type: 'data.set', params: {} }
const picked: DocumentNode = {
  ...set,
  params: { fields: [{ name: 'who', value: { expr: 'trigger.body.name' } }] },
}
const edge = { from: 'hook', port: 'out', to: 'set' }

it.each([
  ['nothing yet', [], [], {}, [], 'trigger'],
  ['a trigger without a path', [{ ...hook, params: {} }], [], {}, [], 'trigger'],
  ['a trigger', [hook], [], {}, ['trigger'], 'step'],
  ['a step that is not connected', [hook, set], [], {}, ['trigger'], 'step'],
  ['a step', [hook, set], [edge], {}, ['trigger', 'step'], 'data'],
  ['data', [hook, picked], [edge], {}, ['trigger', 'step', 'data'], 'publish'],
  ['an old version', [hook, picked], [edge], { publishedVersion: 1 }, ['trigger', 'step', 'data'], 'publish'],
  [
    'all',
    [hook, picked],
    [edge],
    { publishedVersion: 1, isPublished: true, called: true },
    ['trigger', 'step', 'data', 'publish', 'call'],
    null,
  ],
])('with %s', (_, nodes, edges, more, done, now) => {
  const about = { find: findInfo, publishedVersion: null, isPublished: false, called: false, ...more }
  const progress = guideProgress({ document: { format: 1, nodes, edges }, ...about })
  expect([...progress]).toEqual(done)
  expect(guideNow(progress, new Set())).toBe(now)
})

it('goes on after a step that was skipped', () => {
  expect(guideNow(new Set(['trigger', 'step']), new Set(['data']))).toBe('publish')
})
