import { afterAll, beforeAll, expect, test } from 'vitest'
import { localEgress } from '#server/runtime/test-agents.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import { anthropicKey, startAnthropicFake } from '#server/test/fakes/anthropic.ts'
import { serveFake } from '#server/test/fakes/fake.ts'
import type { Parts } from './parts.ts'
import { callAs, drawing, refusalOf, testParts } from './test-app.ts'

// What people do with an agent, from its connection to an approval, through the procedures their pages call.

const egress = localEgress()
let parts: Parts
let admin: TestMember
beforeAll(async () => {
  parts = await testParts({ egress })
  admin = await aTenant({ role: 'admin' })
})
afterAll(() => egress.close())

test('an admin connects a model, tries it, and sees nothing of the key again', async () => {
  const fake = await startAnthropicFake({ replies: [] })
  const caller = await callAs(admin, { parts })
  const about = { kind: 'model.anthropic', fields: { apiKey: anthropicKey, baseUrl: fake.url } }
  const { id } = await caller.connections.create({ name: 'Claude', ...about })
  expect(await caller.connections.test({ id })).toMatchObject({ ok: true })
  const wrong = await caller.connections.create({
    ...{ name: 'Wrong', kind: 'model.anthropic' },
    fields: { apiKey: 'sk-ant-wrong-key-00', baseUrl: fake.url },
  })
  const tried = JSON.stringify(await caller.connections.test({ id: wrong.id }))
  expect(tried).toContain('The key was not accepted')
  expect(JSON.stringify([await caller.connections.list(), tried])).not.toContain('sk-ant-')
  await fake.close()
})

test('an approval of an agent’s tool is answered once, by who may, and its cost is in the list', async () => {
  const sink = await serveFake(() => ({ json: { took: true } }))
  const fake = await startAnthropicFake({
    replies: [
      { calls: [{ name: 'send', input: { body_json: 'a greeting' } }], usage: { input: 1_000, output: 100 } },
      { text: 'Sent', usage: { input: 1_000, output: 100 } },
    ],
  })
  const caller = await callAs(admin, { parts })
  const { id: connection } = await caller.connections.create({
    ...{ name: 'Claude for sending', kind: 'model.anthropic' },
    fields: { apiKey: anthropicKey, baseUrl: fake.url },
  })
  const { version } = (await caller.nodes.catalog()).find(({ id }) => id === 'http.request') ?? {
    version: 1,
  }
  const document = drawing({
    nodes: [
      { key: 'start', type: 'trigger.manual' },
      {
        ...{ key: 'helper', type: 'agent.run', connection },
        params: { model: 'claude-sonnet-5-5', message: 'Greet Ada' },
      },
      {
        ...{ key: 'send', type: 'http.request', version, tool: { approval: 'editor' } },
        params: { method: 'POST', url: sink.url, body: { kind: 'json', json: { agent: 'What to send' } } },
      },
    ],
    wires: ['start -> helper', 'helper:tools -> send'],
  })
  const { id } = await caller.workflows.create({ name: 'Greeter', document })
  const { runId } = await caller.runs.start({ workflowId: id, source: 'draft', input: null })
  const open = async () =>
    (await caller.tasks.list({ status: 'open' })).items.find((task) => task.runId === runId)
  await expect.poll(async () => (await open())?.kind, { timeout: 15_000 }).toBe('approval')
  const task = await open()
  const answer = { id: task?.id ?? '', value: { approved: true } }
  const viewer = await callAs(await aMember({ tenant: admin.tenant, role: 'viewer' }), { parts })
  expect(await refusalOf(viewer.tasks.answer(answer))).toMatchObject({ code: 'forbidden' })
  expect(sink.calls).toEqual([])
  await caller.tasks.answer(answer)
  await expect
    .poll(async () => (await caller.runs.get({ id: runId })).run.status, { timeout: 15_000 })
    .toBe('succeeded')
  expect(await refusalOf(caller.tasks.answer(answer))).toMatchObject({ code: 'conflict' })
  expect(sink.calls.map(({ text }) => text)).toEqual(['"a greeting"'])
  const { items } = await caller.runs.list({ workflowId: id })
  expect(items).toMatchObject([{ costUsd: expect.closeTo(0.006, 8) }])
  await Promise.all([sink.close(), fake.close()])
})
