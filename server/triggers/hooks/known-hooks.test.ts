import { expect, test } from 'vitest'
import { scopeFor } from '#server/api/context.ts'
import { listening, publishedWorkflow, testApp, testParts } from '#server/api/test-app.ts'
import { aTenant } from '#server/test/factories.ts'
import { publish } from '#server/workflows/publish.ts'
import { removeWorkflow } from '#server/workflows/remove.ts'
import { unpublish } from '#server/workflows/unpublish.ts'
import type { Hook } from './find-hook.ts'
import { createKnownHooks } from './known-hooks.ts'

const hook = (tenantId: string, version = 1): Hook => ({
  ...{ tenantId, workflowId: 'w', version, nodeKey: 'hook', kind: 'webhook', answer: 'at_once', rest: '' },
})
const address = (slug: string, path = 'orders') => ({ slug, method: 'POST', path })

/** Known hooks over a database that the test fills in. */
function hooksOver(stored: Map<string, Hook>) {
  const about = { asked: 0, nowMs: 0, tell: (_tenantId: string | null): void => undefined }
  const hooks = createKnownHooks({
    look: async ({ slug }) => {
      about.asked += 1
      return stored.get(slug) ?? null
    },
    onChange: (listener) => {
      about.tell = listener
    },
    nowMs: () => about.nowMs,
  })
  return { about, hooks }
}

test('a hook is looked up once a second, however often it is called', async () => {
  const { about, hooks } = hooksOver(new Map([['acme', hook('t1')]]))
  await Promise.all([hooks.find(address('acme')), hooks.find(address('acme'))])
  about.nowMs = 999
  expect(await hooks.find(address('acme'))).toEqual(hook('t1'))
  expect(about.asked).toBe(1)
  about.nowMs = 1_000
  await hooks.find(address('acme'))
  expect(about.asked).toBe(2)
})

test('an address that is nobody’s is looked up each time: the next call may be for what was just published', async () => {
  const stored = new Map<string, Hook>()
  const { hooks } = hooksOver(stored)
  expect(await hooks.find(address('acme'))).toBeNull()
  stored.set('acme', hook('t1'))
  expect(await hooks.find(address('acme'))).toEqual(hook('t1'))
})

test('a change of one tenant forgets its hooks and no others; what was missed forgets all', async () => {
  const stored = new Map([
    ['acme', hook('t1')],
    ['other', hook('t2')],
  ])
  const { about, hooks } = hooksOver(stored)
  const both = () => Promise.all([hooks.find(address('acme')), hooks.find(address('other'))])
  await both()
  stored.set('acme', hook('t1', 2))
  stored.set('other', hook('t2', 2))
  about.tell('t1')
  expect((await both()).map((one) => one?.version)).toEqual([2, 1])
  about.tell(null)
  expect((await both()).map((one) => one?.version)).toEqual([2, 2])
})

test('what was read before a change is not remembered after it', async () => {
  const stored = new Map([['acme', hook('t1')]])
  const { about, hooks } = hooksOver(stored)
  const early = hooks.find(address('acme'))
  about.tell('t1')
  stored.set('acme', hook('t1', 2))
  expect((await early)?.version).toBe(1)
  expect((await hooks.find(address('acme')))?.version).toBe(2)
})

test('strangers who ask for ever more addresses cost no more memory than 5,000 of them', async () => {
  const { about, hooks } = hooksOver(new Map([['acme', hook('t1')]]))
  for (let count = 0; count < 5_001; count++) await hooks.find(address('acme', `chat/a/${count}`))
  await hooks.find(address('acme', 'chat/a/5000'))
  expect(about.asked).toBe(5_001)
  await hooks.find(address('acme', 'chat/a/0'))
  expect(about.asked).toBe(5_002)
})

test('publishing, taking back and deleting hold for the very next call', async () => {
  const parts = await testParts()
  const { tenant, user } = await aTenant()
  const scope = scopeFor(parts, { tenant, actor: user.id })
  const base = `${await listening(await testApp(parts))}/hooks/${tenant.slug}`
  const call = async () => (await fetch(`${base}/orders`, { method: 'POST' })).status
  expect(await call()).toBe(404)
  const { id } = await publishedWorkflow(scope, {
    nodes: [
      { key: 'hook', type: 'trigger.webhook', params: { path: 'orders' } },
      { key: 'then', type: 'flow.log', params: { message: 'Hi' } },
    ],
    wires: ['hook -> then'],
  })
  expect(await call()).toBe(202)
  await unpublish(scope, { id })
  expect(await call()).toBe(404)
  await publish(scope, { id })
  expect(await call()).toBe(202)
  await unpublish(scope, { id })
  await expect
    .poll(
      async () =>
        removeWorkflow(scope, { id }).then(
          () => 'gone',
          () => 'busy',
        ),
      { timeout: 20_000 },
    )
    .toBe('gone')
  expect(await call()).toBe(404)
})
