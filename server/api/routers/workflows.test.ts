import { beforeAll, describe, expect, test } from 'vitest'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import type { Parts } from '../parts.ts'
import { callAs, refusalOf, testParts } from '../test-app.ts'

let parts: Parts
let owner: TestMember
let api: Awaited<ReturnType<typeof callAs>>
beforeAll(async () => {
  parts = await testParts({ roles: { worker: false, scheduler: false } })
  owner = await aTenant()
  api = await callAs(owner, { parts })
})

const hookDocument = (path: string, method = 'POST') =>
  WorkflowDocument.parse({
    nodes: [
      { key: 'hook', type: 'trigger.webhook', version: 1, params: { method, path } },
      { key: 'note', type: 'flow.log', version: 1, params: { message: 'Hello' } },
    ],
    edges: [{ from: 'hook', to: 'note' }],
  })

const scheduleDocument = (cron: string, zone = 'UTC') =>
  WorkflowDocument.parse({
    nodes: [
      { key: 'clock', type: 'trigger.schedule', version: 1, params: { cron, zone } },
      { key: 'note', type: 'flow.log', version: 1, params: { message: 'Hello' } },
    ],
    edges: [{ from: 'clock', to: 'note' }],
  })

async function published(document: WorkflowDocument, name = 'A workflow') {
  const { id } = await api.workflows.create({ name, document })
  await api.workflows.publish({ id, revision: 1 })
  return id
}

describe('drafts', () => {
  test('are created, read, renamed, copied and removed', async () => {
    const { id } = await api.workflows.create({ name: 'Orders', document: hookDocument('orders-1') })
    await api.workflows.rename({ id, name: 'Orders!', description: 'Takes orders\nall day' })
    expect(await api.workflows.get({ id })).toMatchObject({
      name: 'Orders!',
      description: 'Takes orders\nall day',
      draft: hookDocument('orders-1'),
      draftRevision: 1,
      publishedVersion: null,
      hookBase: `http://localhost:3000/hooks/${owner.tenant.slug}/`,
      eventBase: `http://localhost:3000/hooks/${owner.tenant.slug}/events/${id}/`,
      hasUnpublishedChanges: true,
    })
    const copy = await api.workflows.duplicate({ id })
    expect(await api.workflows.get(copy)).toMatchObject({
      name: 'Orders! (copy)',
      draft: hookDocument('orders-1'),
    })
    await api.workflows.remove({ id })
    expect(await refusalOf(api.workflows.get({ id }))).toMatchObject({ code: 'not_found' })
    expect(await refusalOf(api.workflows.remove({ id }))).toMatchObject({ code: 'not_found' })
  })

  test('of two saves from one revision the second is a conflict that names the current one', async () => {
    const { id } = await api.workflows.create({ name: 'Race' })
    const document = hookDocument('race')
    const saves = await Promise.allSettled(
      [1, 2, 3].map(() => api.workflows.saveDraft({ id, document, revision: 1 })),
    )
    expect(saves.filter(({ status }) => status === 'fulfilled')).toEqual([
      { status: 'fulfilled', value: { revision: 2 } },
    ])
    expect(await refusalOf(api.workflows.saveDraft({ id, document, revision: 1 }))).toMatchObject({
      code: 'conflict',
      details: { revision: 2 },
    })
    expect(await api.workflows.saveDraft({ id, document, revision: 2 })).toEqual({ revision: 3 })
  })

  test('may have problems, which stop publishing and are told', async () => {
    const document = WorkflowDocument.parse({
      nodes: [{ key: 'a', type: 'no.such', version: 1 }],
      edges: [],
    })
    const { id } = await api.workflows.create({ name: 'Broken', document })
    const error = await refusalOf(api.workflows.publish({ id, revision: 1 }))
    expect(error).toMatchObject({ code: 'invalid', problems: expect.any(Array) })
    expect((await api.workflows.get({ id })).publishedVersion).toBeNull()
  })
})

describe('publishing', () => {
  test('makes numbered versions that stay as they are', async () => {
    const id = await published(hookDocument('versions'))
    await api.workflows.saveDraft({ id, document: hookDocument('versions-2'), revision: 1 })
    expect((await api.workflows.get({ id })).hasUnpublishedChanges).toBe(true)
    expect(await api.workflows.publish({ id, revision: 2 })).toEqual({ version: 2 })
    expect((await api.workflows.get({ id })).hasUnpublishedChanges).toBe(false)
    expect((await api.workflows.version({ id, number: 1 })).document).toEqual(hookDocument('versions'))
    expect(
      (await api.workflows.versions({ id })).map(({ number, isPublished }) => [number, isPublished]),
    ).toEqual([
      [2, true],
      [1, false],
    ])
  })

  test('only what the publisher has seen', async () => {
    const { id } = await api.workflows.create({ name: 'Seen', document: hookDocument('seen') })
    await api.workflows.saveDraft({ id, document: hookDocument('seen-2'), revision: 1 })
    expect(await refusalOf(api.workflows.publish({ id, revision: 1 }))).toMatchObject({
      code: 'conflict',
      details: { revision: 2 },
    })
  })

  test.each([
    ['POST', 'POST'],
    ['POST', 'ANY'],
    ['ANY', 'GET'],
  ])('an address taken with %s is not given to %s, and its holder is named', async (first, second) => {
    const path = `taken-${first}-${second}`.toLowerCase()
    await published(hookDocument(path, first), `Holder ${path}`)
    const { id } = await api.workflows.create({ name: 'Late', document: hookDocument(path, second) })
    const error = await refusalOf(api.workflows.publish({ id, revision: 1 }))
    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining(`Holder ${path}`) })
    expect((await api.workflows.get({ id })).publishedVersion).toBeNull()
  })

  test('of many publishes of one address at once, one wins', async () => {
    const ids = await Promise.all(
      ['GET', 'ANY', 'GET', 'ANY'].map(async (method) => {
        const { id } = await api.workflows.create({ name: 'Racer', document: hookDocument('raced', method) })
        return id
      }),
    )
    const done = await Promise.allSettled(ids.map((id) => api.workflows.publish({ id, revision: 1 })))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('the same path is free in another tenant, and for another method', async () => {
    await published(hookDocument('shared', 'GET'))
    await published(hookDocument('shared', 'POST'))
    const other = await callAs(await aTenant(), { parts })
    const { id } = await other.workflows.create({ name: 'Mine', document: hookDocument('shared', 'ANY') })
    expect(await other.workflows.publish({ id, revision: 1 })).toEqual({ version: 1 })
  })

  test('keeps the next time of a schedule, until it is unpublished', async () => {
    const { owner: sql } = await testDatabases()
    const id = await published(scheduleDocument('0 9 1 1 *', 'America/Sao_Paulo'))
    const rows = async () =>
      (await sql.query('select next_at from schedule where workflow_id = $1', [id])).rows.map(
        ({ next_at }) => next_at,
      )
    expect(await rows()).toEqual([expect.any(Date)])
    expect((await rows())[0].toISOString()).toMatch(/-01-01T12:00:00.000Z$/)
    await api.workflows.unpublish({ id })
    expect(await rows()).toEqual([])
    expect((await api.workflows.get({ id })).publishedVersion).toBeNull()
  })
})

test('the list is paged without a gap or a repeat, and searched', async () => {
  const lister = await aTenant()
  const list = await callAs(lister, { parts })
  for (let count = 0; count < 60; count += 1)
    await list.workflows.create({ name: `Number ${count}`, document: hookDocument(`n-${count}`) })
  const first = await list.workflows.list({})
  const second = await list.workflows.list({ cursor: first.next ?? '' })
  const names = [...first.items, ...second.items].map(({ name }) => name)
  expect(new Set(names).size).toBe(60)
  expect(second.next).toBeNull()
  expect(names[0]).toBe('Number 59')
  expect(first.items[0]).toMatchObject({ nodeCount: 2, triggers: ['trigger.webhook'], lastRun: null })
  expect((await list.workflows.list({ search: 'ber 1' })).items).toHaveLength(11)
  expect((await list.workflows.list({ search: '100%' })).items).toHaveLength(0)
  expect(await refusalOf(list.workflows.list({ cursor: 'nonsense' }))).toMatchObject({ code: 'invalid' })
})

test('the times a schedule has missed are shown with its next one', async () => {
  const { owner: sql } = await testDatabases()
  const id = await published(scheduleDocument('0 9 1 1 *', 'America/Sao_Paulo'))
  const miss = (at: string, until: string, times: number | null) =>
    sql.query(
      `INSERT INTO schedule_miss (tenant_id, workflow_id, node_key, at, until, times, reason)
       VALUES ($1, $2, 'clock', $3, $4, $5, 'skipped')`,
      [owner.tenant.id, id, at, until, times],
    )
  await miss('2026-01-01T12:00:00Z', '2026-01-01T12:00:00Z', 1)
  await miss('2026-02-01T12:00:00Z', '2026-03-01T12:00:00Z', null)
  expect(await api.workflows.schedules({ id })).toEqual([
    {
      nodeKey: 'clock',
      zone: 'America/Sao_Paulo',
      nextAt: expect.stringMatching(/-01-01T12:00:00.000Z$/),
      misses: [
        { at: '2026-02-01T12:00:00.000Z', until: '2026-03-01T12:00:00.000Z', times: null, reason: 'skipped' },
        { at: '2026-01-01T12:00:00.000Z', until: '2026-01-01T12:00:00.000Z', times: 1, reason: 'skipped' },
      ],
    },
  ])
})

test('a schedule is shown before it is published', async () => {
  const { times } = await api.workflows.schedulePreview({ cron: '*/10 * * * *', zone: 'UTC' })
  expect(times).toHaveLength(5)
  for (const schedule of [
    { cron: 'nonsense', zone: 'UTC' },
    { cron: '* * * * *', zone: 'Nowhere/At_All' },
  ])
    expect(await refusalOf(api.workflows.schedulePreview(schedule))).toMatchObject({ code: 'invalid' })
})

test('a viewer reads and does not write', async () => {
  const id = await published(hookDocument('viewed'))
  const viewer = await callAs(await aMember({ tenant: owner.tenant, role: 'viewer' }), { parts })
  expect((await viewer.workflows.get({ id })).name).toBe('A workflow')
  for (const refusal of await Promise.all(
    [
      viewer.workflows.create({ name: 'No' }),
      viewer.workflows.rename({ id, name: 'No' }),
      viewer.workflows.saveDraft({ id, document: hookDocument('no'), revision: 1 }),
      viewer.workflows.publish({ id, revision: 1 }),
      viewer.workflows.unpublish({ id }),
      viewer.workflows.remove({ id }),
      viewer.workflows.duplicate({ id }),
    ].map(refusalOf),
  ))
    expect(refusal).toMatchObject({ code: 'forbidden' })
})

test('another tenant’s workflow is answered like one that does not exist', async () => {
  const id = await published(hookDocument('foreign'))
  const stranger = await aTenant()
  const other = await callAs(stranger, { parts })
  const random = '0198c2f0-0000-7000-8000-000000000000'
  const answers = async (which: string) =>
    Promise.all(
      [
        other.workflows.get({ id: which }),
        other.workflows.saveDraft({ id: which, document: hookDocument('x'), revision: 1 }),
        other.workflows.publish({ id: which, revision: 1 }),
        other.workflows.remove({ id: which }),
        other.workflows.versions({ id: which }),
        other.workflows.version({ id: which, number: 1 }),
      ].map(refusalOf),
    )
  const foreign = await answers(id)
  expect(foreign).toEqual(await answers(random))
  expect(new Set(foreign.map(({ code }) => code))).toEqual(new Set(['not_found']))
  // And the tenant's own address is closed to a stranger.
  const intruder = await callAs(stranger, { parts, slug: owner.tenant.slug })
  expect(await refusalOf(intruder.workflows.list())).toMatchObject({ code: 'not_found' })
})
