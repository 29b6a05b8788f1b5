import { setTimeout as sleep } from 'node:timers/promises'
import { isTrackedEnvelope } from '@trpc/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { removeMember } from '#server/tenants/members.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import { scopeFor } from '../context.ts'
import type { Parts } from '../parts.ts'
import { callAs, drawing, publishedWorkflow, refusalOf, testParts } from '../test-app.ts'

let parts: Parts
let owner: TestMember
let api: Awaited<ReturnType<typeof callAs>>
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  api = await callAs(owner, { parts })
})

const greeting = {
  nodes: [
    { key: 'start', type: 'trigger.manual' },
    { key: 'one', type: 'flow.log', params: { message: 'One' } },
    { key: 'two', type: 'data.set', params: { fields: [{ name: 'got', value: { expr: 'trigger' } }] } },
  ],
  wires: ['start -> one', 'one -> two'],
}
const waiting = {
  nodes: [
    { key: 'start', type: 'trigger.manual' },
    { key: 'rest', type: 'flow.wait', params: { wait: { kind: 'for', amount: 1, unit: 'hours' } } },
  ],
  wires: ['start -> rest'],
}
const scope = () => scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
const ended = (runId: string) => parts.runtime.result({ tenantId: owner.tenant.id, runId, waitMs: 20_000 })

test('a draft is run as it was when it started', async () => {
  const { id } = await api.workflows.create({ name: 'Draft', document: drawing(greeting) })
  const { runId } = await api.runs.start({
    workflowId: id,
    source: 'draft',
    trigger: 'start',
    input: { a: 1 },
  })
  await api.workflows.saveDraft({ id, document: drawing(waiting), revision: 1 })
  await ended(runId)
  const { run, document, workflow } = await api.runs.get({ id: runId })
  expect(run).toMatchObject({
    status: 'succeeded',
    version: null,
    startedBy: 'manual',
    output: { got: { a: 1 } },
  })
  expect(document).toEqual(drawing(greeting))
  expect(workflow).toEqual({ id, name: 'Draft' })
  const again = await api.runs.again({ id: runId })
  expect(await ended(again.runId)).toMatchObject({ status: 'succeeded', output: { got: { a: 1 } } })
})

test('a trigger that is not there, or an unpublished workflow, starts nothing', async () => {
  const { id } = await api.workflows.create({ name: 'Draft', document: drawing(greeting) })
  const start = { workflowId: id, source: 'draft', input: null } as const
  expect(await refusalOf(api.runs.start({ ...start, trigger: 'two' }))).toMatchObject({
    code: 'invalid',
    issues: [{ path: 'trigger' }],
  })
  expect(await refusalOf(api.runs.start({ ...start, source: 'published' }))).toMatchObject({
    code: 'conflict',
  })
  expect((await api.runs.list({ workflowId: id })).items).toEqual([])
})

describe('watching', () => {
  const events = async (about: { id: string; lastEventId?: string }, until = Number.POSITIVE_INFINITY) => {
    const seen: number[] = []
    for await (const envelope of await api.runs.watch(about)) {
      if (!isTrackedEnvelope(envelope)) throw new Error('Not tracked')
      const [id, event] = envelope
      expect(event).toMatchObject({ seq: Number(id), event: { type: expect.any(String) } })
      seen.push(Number(id))
      if (seen.length === until) break
    }
    return seen
  }

  test('gives everything once, ends with the run, and resumes after the last event seen', async () => {
    const { id } = await publishedWorkflow(scope(), greeting)
    const { runId } = await api.runs.start({ workflowId: id, source: 'published', input: null })
    const live = await events({ id: runId })
    expect(live.length).toBeGreaterThan(3)
    expect(live).toEqual(live.map((_, at) => at + 1))
    const first = await events({ id: runId }, 2)
    expect([...first, ...(await events({ id: runId, lastEventId: '2' }))]).toEqual(live)
    expect((await api.runs.events({ id: runId, after: 2 })).map(({ seq }) => seq)).toEqual(live.slice(2))
  })

  test('is over soon for one who is no member any more, though nothing happens in the run', async () => {
    const { id } = await publishedWorkflow(scope(), waiting)
    const viewer = await aMember({ tenant: owner.tenant, role: 'viewer' })
    const { runId } = await api.runs.start({ workflowId: id, source: 'published', input: null })
    const watched = (async () => {
      for await (const _ of await (await callAs(viewer, { parts })).runs.watch({ id: runId }));
    })()
    await sleep(200)
    await removeMember(parts.databases.auth, {
      acting: { tenantId: owner.tenant.id, userId: owner.user.id, role: 'owner' },
      memberId: viewer.member.id,
    })
    expect(await refusalOf(watched)).toMatchObject({ code: 'not_found' })
    await api.runs.cancel({ id: runId })
  })

  test('another tenant’s run is not there', async () => {
    const { id } = await publishedWorkflow(scope(), greeting)
    const { runId } = await api.runs.start({ workflowId: id, source: 'published', input: null })
    await ended(runId)
    const other = await callAs(await aTenant(), { parts })
    const watched = (async () => {
      for await (const _ of await other.runs.watch({ id: runId }));
    })()
    expect(await refusalOf(watched)).toMatchObject({ code: 'not_found' })
    for (const refusal of await Promise.all(
      [
        other.runs.get({ id: runId }),
        other.runs.events({ id: runId }),
        other.runs.cancel({ id: runId }),
        other.runs.again({ id: runId }),
      ].map(refusalOf),
    ))
      expect(refusal).toMatchObject({ code: 'not_found' })
    expect((await other.runs.list()).items).toEqual([])
  })

  test('changes tell each run of the tenant, and no other tenant’s', async () => {
    const { id } = await publishedWorkflow(scope(), greeting)
    const stranger = await aTenant()
    const theirScope = scopeFor(parts, { tenant: stranger.tenant, actor: stranger.user.id })
    const theirs = await publishedWorkflow(theirScope, greeting)
    const seen: string[] = []
    const watching = (async () => {
      for await (const change of await api.runs.changes()) {
        seen.push(change.workflowId)
        if (change.workflowId === id && change.status === 'succeeded') return
      }
    })()
    await sleep(100)
    const other = await callAs(stranger, { parts })
    await other.runs.start({ workflowId: theirs.id, source: 'published', input: null })
    await api.runs.start({ workflowId: id, source: 'published', input: null })
    await watching
    expect(new Set(seen)).toEqual(new Set([id]))
  })
})

test('a viewer may look, not start or cancel', async () => {
  const { id } = await publishedWorkflow(scope(), greeting)
  const { runId } = await api.runs.start({ workflowId: id, source: 'published', input: null })
  await ended(runId)
  const viewer = await callAs(await aMember({ tenant: owner.tenant, role: 'viewer' }), { parts })
  expect((await viewer.runs.get({ id: runId })).run.status).toBe('succeeded')
  for (const refusal of await Promise.all(
    [
      viewer.runs.start({ workflowId: id, source: 'published', input: null }),
      viewer.runs.cancel({ id: runId }),
      viewer.runs.again({ id: runId }),
    ].map(refusalOf),
  ))
    expect(refusal).toMatchObject({ code: 'forbidden' })
})
