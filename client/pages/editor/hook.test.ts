import { expect, it } from 'vitest'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { publicAddress } from './hook.ts'

const node = (params: DocumentNode['params']): DocumentNode => ({
  ...{ key: 'start', type: 'x', version: 1, params, position: { x: 0, y: 0 } },
})
const base = 'https://trama.example/hooks/acme/'
const about = { slug: 'acme', hookBase: base, eventBase: `${base}events/w1/` }

it.each([
  ['webhook', { path: 'orders', method: 'POST' }, `${base}orders`],
  ['event', {}, `${base}events/w1/start`],
  ['chat', { path: 'help' }, 'https://trama.example/chat/acme/help'],
  ['form', { path: 'lead' }, 'https://trama.example/forms/acme/lead'],
  ['form', { path: '' }, undefined],
  ['poll', {}, undefined],
] as const)('a trigger of %s with %j', (starts, params, url) => {
  expect(publicAddress(node(params), { starts, ...about })?.url).toBe(url)
})
