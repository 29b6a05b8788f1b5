import { beforeAll, describe, expect, test } from 'vitest'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { callAs, refusalOf, testParts } from '../api/test-app.ts'
import { testDatabases } from '../test/databases.ts'
import { aMember, aTenant, aUser, aWorkflow, type TestMember } from '../test/factories.ts'

type Parts = Awaited<ReturnType<typeof testParts>>
let parts: Parts
beforeAll(async () => {
  parts = await testParts({ roles: { worker: false, scheduler: false } })
})

const draw = (patch: { url?: string; message?: string; extra?: boolean } = {}) =>
  WorkflowDocument.parse({
    nodes: [
      { key: 'start', type: 'trigger.webhook', version: 1, params: { path: 'orders' } },
      {
        key: 'call',
        type: 'http.request',
        version: 1,
        position: { x: 300, y: 0 },
        params: { url: patch.url ?? 'https://api.example.com/v1', method: 'POST' },
      },
      {
        key: 'note',
        type: 'flow.log',
        version: 1,
        position: { x: 600, y: 0 },
        params: { message: patch.message ?? 'Order taken' },
      },
      ...(patch.extra
        ? [
            {
              key: 'more',
              type: 'flow.log',
              version: 1,
              position: { x: 900, y: 0 },
              params: { message: 'More' },
            },
          ]
        : []),
    ],
    edges: [
      { from: 'start', port: 'out', to: 'call' },
      { from: 'call', port: 'out', to: 'note' },
      ...(patch.extra ? [{ from: 'note', port: 'out', to: 'more' }] : []),
    ],
  })

const greeting = {
  kind: 'text' as const,
  key: 'greeting',
  label: 'What is noted',
  help: '',
  default: 'Order taken',
  targets: [{ node: 'note', path: ['params', 'message'] }],
}
const words = {
  summary: 'Takes orders',
  icon: 'shopping-cart',
  tags: ['orders'],
  readme: '# Orders',
  changes: '',
}

type Visibility = 'tenant' | 'chosen' | 'installation'

/** A tenant with a workflow, and how it publishes it. */
async function aPublisher() {
  const member = await aTenant()
  const call = await callAs(member, { parts })
  const { id: workflowId } = await aWorkflow({ tenantId: member.tenant.id, document: draw() })
  const publish = (
    about: { visibility?: Visibility; shareWith?: string[]; name?: string; changes?: string } = {},
  ) =>
    call.library.publish({
      ...{ ...words, workflowId, name: 'Order taker', parameters: [greeting] },
      ...{ visibility: 'tenant', shareWith: [], ...about },
    })
  const redraw = async (document: WorkflowDocument) => {
    const { draftRevision } = await call.workflows.get({ id: workflowId })
    await call.workflows.saveDraft({ id: workflowId, document, revision: draftRevision })
  }
  return { ...member, call, workflowId, publish, redraw, publisherId: member.tenant.id }
}

async function aReader() {
  const member = await aTenant()
  return { ...member, call: await callAs(member, { parts }) }
}

async function anAdministrator() {
  const user = await aUser()
  const { auth } = await testDatabases()
  await auth.user.update({ where: { id: user.id }, data: { isAdmin: true } })
  return callAs({ user, tenant: { id: '', slug: '_', name: '' } }, { parts })
}

const names = async (reader: { call: Awaited<ReturnType<typeof callAs>> }, search: string) =>
  (await reader.call.library.list({ search, locale: 'en' })).items.map(({ name }) => name)

describe('who sees what', () => {
  test('an item of a tenant’s own is seen there and nowhere else', async () => {
    const [publisher, stranger] = [await aPublisher(), await aReader()]
    const name = `Own ${publisher.publisherId}`
    const { itemId, version } = await publisher.publish({ name })
    expect(version).toBe(1)
    expect(await names(publisher, name)).toEqual([name])
    expect(await names(stranger, name)).toEqual([])
    const key = { publisherId: publisher.publisherId, itemId, locale: 'en' as const }
    for (const work of [
      () => stranger.call.library.get(key),
      () => stranger.call.library.get({ ...key, version: 1 }),
      () => stranger.call.library.install({ ...key, name: 'x', values: {} }),
      () => stranger.call.library.withdraw({ itemId }),
    ])
      expect(await refusalOf(work())).toMatchObject({ status: 404, code: 'not_found' })
  })

  test('an item for chosen tenants is seen by them, until they are chosen no more', async () => {
    const [publisher, chosen, stranger] = [await aPublisher(), await aReader(), await aReader()]
    const name = `Chosen ${publisher.publisherId}`
    const { itemId } = await publisher.publish({
      name,
      visibility: 'chosen',
      shareWith: [chosen.tenant.slug],
    })
    expect(await names(chosen, name)).toEqual([name])
    expect(await names(stranger, name)).toEqual([])
    const key = { publisherId: publisher.publisherId, itemId, locale: 'en' as const }
    const item = await chosen.call.library.get(key)
    expect(item).toMatchObject({
      publisher: { name: publisher.tenant.name },
      isOwn: false,
      workflowId: null,
      version: 1,
    })
    expect(await refusalOf(stranger.call.library.get(key))).toMatchObject({ status: 404 })

    expect(
      await publisher.publish({ name, visibility: 'chosen', shareWith: [stranger.tenant.slug] }),
    ).toMatchObject({ added: false })
    expect(await names(chosen, name)).toEqual([])
    expect(await names(stranger, name)).toEqual([name])
  })

  test('an item for everybody is seen after its review, each version by itself, and by what was reviewed', async () => {
    const [publisher, reader, admin] = [await aPublisher(), await aReader(), await anAdministrator()]
    const name = `Everybody ${publisher.publisherId}`
    const { itemId, review } = await publisher.publish({ name, visibility: 'installation' })
    const key = { publisherId: publisher.publisherId, itemId }
    expect(review).toBe('pending')
    expect(await names(reader, name)).toEqual([])
    expect(await refusalOf(reader.call.library.get({ ...key, version: 1, locale: 'en' }))).toMatchObject({
      status: 404,
    })

    const waiting = (await admin.admin.reviews()).find((one) => one.itemId === itemId)
    expect(waiting).toMatchObject({
      name,
      version: 1,
      before: null,
      publisher: { name: publisher.tenant.name },
    })
    await admin.admin.review({ ...key, version: 1, approve: true, note: '' })
    expect(await names(reader, name)).toEqual([name])

    await publisher.redraw(draw({ url: 'https://elsewhere.example/x' }))
    await publisher.publish({ name: 'Unseemly', visibility: 'installation' })
    expect(await names(reader, name)).toEqual([name])
    expect(await names(reader, 'Unseemly')).toEqual([])
    expect((await reader.call.library.get({ ...key, locale: 'en' })).version).toBe(1)
    const looked = await admin.admin.reviewed({ ...key, version: 2 })
    expect(looked).toMatchObject({
      before: { version: 1 },
      added: { hosts: ['elsewhere.example'], nodes: [] },
    })
    await admin.admin.review({ ...key, version: 2, approve: false, note: 'No' })
    expect(
      await refusalOf(admin.admin.review({ ...key, version: 2, approve: true, note: '' })),
    ).toMatchObject({ code: 'conflict' })
    expect(await refusalOf(reader.call.library.get({ ...key, version: 2, locale: 'en' }))).toMatchObject({
      status: 404,
    })
    expect(
      (await publisher.call.library.get({ ...key, version: 2, locale: 'en' })).versions[0],
    ).toMatchObject({ review: 'rejected', reviewNote: 'No' })
  })

  test('who administers a tenant reviews nothing', async () => {
    const publisher = await aPublisher()
    expect(await refusalOf(publisher.call.admin.reviews())).toMatchObject({ code: 'forbidden' })
  })

  test('the database itself lets no tenant show its own to everybody, approve it, or change a version', async () => {
    const publisher = await aPublisher()
    const { itemId } = await publisher.publish()
    const { app } = await testDatabases()
    const tenantId = publisher.publisherId
    const { inTenant } = await import('../db/tenant.ts')
    const attempts = [
      () =>
        inTenant(
          app,
          tenantId,
          (db) =>
            db.$executeRaw`update library_item set visibility = 'installation' where id = ${itemId}::uuid`,
        ),
      () =>
        inTenant(
          app,
          tenantId,
          (db) =>
            db.$executeRaw`update library_version set review = 'approved' where item_id = ${itemId}::uuid`,
        ),
      () =>
        inTenant(
          app,
          tenantId,
          (db) => db.$executeRaw`update library_version set readme = 'x' where item_id = ${itemId}::uuid`,
        ),
      () =>
        inTenant(
          app,
          tenantId,
          (db) => db.$executeRaw`
        insert into library_version (tenant_id, item_id, number, name, document, parameters, capabilities, translations, hash, review)
        values (${tenantId}, ${itemId}::uuid, 9, 'x', '{}', '[]', '{}', '{}', sha256('x'), 'approved')`,
        ),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow()
    const { owner } = await testDatabases()
    await expect(
      owner.query('UPDATE library_version SET document = $1 WHERE item_id = $2', ['{}', itemId]),
    ).rejects.toThrow('never changes')
  })

  test('a version whose row was tampered with is not installed', async () => {
    const publisher = await aPublisher()
    const { itemId } = await publisher.publish()
    const { owner } = await testDatabases()
    await owner.query('ALTER TABLE library_version DISABLE TRIGGER library_version_immutable')
    await owner.query(`UPDATE library_version SET readme = 'other' WHERE item_id = $1`, [itemId])
    await owner.query('ALTER TABLE library_version ENABLE TRIGGER library_version_immutable')
    const install = publisher.call.library.install({
      publisherId: publisher.publisherId,
      itemId,
      name: 'x',
      values: {},
      locale: 'en',
    })
    expect(await refusalOf(install)).toMatchObject({ code: 'conflict' })
  })

  test('withdrawn, it is found no more, and what was installed lives on', async () => {
    const [publisher, chosen] = [await aPublisher(), await aReader()]
    const name = `Gone ${publisher.publisherId}`
    const { itemId } = await publisher.publish({
      name,
      visibility: 'chosen',
      shareWith: [chosen.tenant.slug],
    })
    const key = { publisherId: publisher.publisherId, itemId, locale: 'en' as const }
    const { workflowId } = await chosen.call.library.install({ ...key, name: 'Kept', values: {} })
    await publisher.redraw(draw({ extra: true }))
    await publisher.publish({ name, visibility: 'chosen', shareWith: [chosen.tenant.slug] })
    expect((await chosen.call.library.installs({}))[0]).toMatchObject({ workflowId, version: 1, updateTo: 2 })
    await publisher.call.library.withdraw({ itemId })
    expect(await names(chosen, name)).toEqual([])
    expect(await names(publisher, name)).toEqual([])
    expect(await refusalOf(chosen.call.library.get(key))).toMatchObject({ status: 404 })
    expect((await chosen.call.library.installs({}))[0]).toMatchObject({
      workflowId,
      version: 1,
      updateTo: null,
    })
    expect(await refusalOf(chosen.call.library.upgradePreview({ workflowId }))).toMatchObject({ status: 404 })
    expect((await chosen.call.workflows.get({ id: workflowId })).draft.nodes).toHaveLength(3)
    const own = await publisher.call.library.list({ source: 'own', locale: 'en' })
    expect(own.items[0]).toMatchObject({ name, withdrawn: true, installs: 1 })
  })
})

describe('publishing', () => {
  const about = { ...words, name: 'x', visibility: 'tenant' as const, shareWith: [] as string[] }

  test('connections stay behind, and are asked for', async () => {
    const publisher = await aPublisher()
    const { id: connection } = await publisher.call.connections.create({
      ...{
        name: 'Secret API',
        kind: 'http.bearer',
        hosts: ['api.example.com'],
        fields: { token: 'very secret' },
      },
    })
    const document = draw()
    await publisher.redraw({
      ...document,
      nodes: document.nodes.map((node) => (node.key === 'call' ? { ...node, connection } : node)),
    })
    const { itemId } = await publisher.publish()
    const item = await publisher.call.library.get({
      publisherId: publisher.publisherId,
      itemId,
      locale: 'en',
    })
    expect(JSON.stringify(item)).not.toContain(connection)
    expect(item.parameters.map(({ kind, key }) => [kind, key])).toEqual([
      ['text', 'greeting'],
      ['connection', 'http'],
    ])
  })

  test('another workflow that it calls stays behind, and is chosen by who installs it', async () => {
    const publisher = await aPublisher()
    const called = publisher.workflowId
    const document = draw()
    const call = { ...document.nodes[2]!, key: 'other', type: 'flow.call', params: { workflow: called } }
    await publisher.redraw({
      ...document,
      nodes: [...document.nodes, { ...call, position: { x: 900, y: 0 } }],
      edges: [...document.edges, { from: 'note', port: 'out', to: 'other' }],
    })
    const { itemId } = await publisher.publish()
    const key = { publisherId: publisher.publisherId, itemId, locale: 'en' as const }
    expect(JSON.stringify((await publisher.call.library.get(key)).document)).not.toContain(called)
    const { problems } = await publisher.call.library.install({ ...key, name: 'x', values: {} })
    expect(problems).toMatchObject([{ node: 'other', field: 'params.workflow' }])
  })

  test('what looks like a secret is refused, and not repeated', async () => {
    const publisher = await aPublisher()
    await publisher.redraw(draw({ url: 'https://user:hunter22hunter22@api.example.com/' }))
    const refused = await refusalOf(publisher.publish())
    expect(refused).toMatchObject({ code: 'invalid', issues: [{ path: 'call.params.url' }] })
    expect(JSON.stringify(refused)).not.toContain('hunter22')
  })

  test.each([
    [
      'a place that is not there',
      { parameters: [{ ...greeting, targets: [{ node: 'none', path: ['params', 'x'] }] }] },
      'parameters.0.targets.0',
    ],
    [
      'two of one key',
      { parameters: [greeting, { ...greeting, targets: [{ node: 'call', path: ['params', 'url'] }] }] },
      'parameters.1.key',
    ],
    [
      '51 parameters',
      { parameters: Array.from({ length: 51 }, (_, index) => ({ ...greeting, key: `k${index}` })) },
      'parameters',
    ],
    ['a readme of more than 50 KB', { readme: 'é'.repeat(25_001) }, 'readme'],
    [
      'a tenant that nobody has',
      { visibility: 'chosen' as const, shareWith: ['nobody-has-this'] },
      'shareWith.0',
    ],
    ['an icon that is markup', { icon: '<svg>' }, 'icon'],
  ])('%s is refused by name', async (_, patch, path) => {
    const publisher = await aPublisher()
    const refused = await refusalOf(
      publisher.call.library.publish({
        ...about,
        parameters: [],
        ...patch,
        workflowId: publisher.workflowId,
      }),
    )
    expect(refused).toMatchObject({ code: 'invalid' })
    expect(refused.issues?.map((issue) => issue.path)).toContain(path)
  })

  test('a draft with problems is refused; an unchanged one makes no version', async () => {
    const publisher = await aPublisher()
    await publisher.publish()
    expect(await publisher.publish()).toMatchObject({ version: 1, added: false })
    const document = draw()
    await publisher.redraw({ ...document, edges: [{ from: 'start', port: 'nowhere', to: 'call' }] })
    expect(await refusalOf(publisher.publish())).toMatchObject({
      code: 'invalid',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'unknown_port' })]),
    })
  })

  test('two first publications at once make one item', async () => {
    const publisher = await aPublisher()
    const made = await Promise.all([publisher.publish({ name: 'One' }), publisher.publish({ name: 'Two' })])
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2])
    expect(new Set(made.map(({ itemId }) => itemId)).size).toBe(1)
  })

  test('a viewer neither publishes nor installs', async () => {
    const publisher = await aPublisher()
    const { itemId } = await publisher.publish()
    const viewer = await callAs(await aMember({ tenant: publisher.tenant, role: 'viewer' }), { parts })
    const key = { publisherId: publisher.publisherId, itemId, locale: 'en' as const }
    expect(await viewer.library.get(key)).toMatchObject({ name: 'Order taker' })
    expect(await refusalOf(viewer.library.install({ ...key, name: 'x', values: {} }))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusalOf(viewer.library.withdraw({ itemId }))).toMatchObject({ code: 'forbidden' })
  })
})

describe('installing and upgrading', () => {
  async function installed(values: Record<string, string> = {}) {
    const [publisher, reader] = [await aPublisher(), await aReader()]
    const share = { visibility: 'chosen' as const, shareWith: [reader.tenant.slug] }
    const { itemId } = await publisher.publish(share)
    const key = { publisherId: publisher.publisherId, itemId, locale: 'en' as const }
    const { workflowId } = await reader.call.library.install({ ...key, name: 'Ours', values })
    const edit = async (document: WorkflowDocument) => {
      const { draftRevision } = await reader.call.workflows.get({ id: workflowId })
      await reader.call.workflows.saveDraft({ id: workflowId, document, revision: draftRevision })
    }
    return { publisher, reader, share, key, workflowId, edit }
  }
  const draftOf = async (reader: TestMember & { call: Awaited<ReturnType<typeof callAs>> }, id: string) =>
    (await reader.call.workflows.get({ id })).draft
  const paramsOf = (document: WorkflowDocument, key: string) =>
    document.nodes.find((node) => node.key === key)?.params

  test('an install is a workflow of the tenant’s own, filled in, off, counted', async () => {
    const { publisher, reader, key, workflowId } = await installed({ greeting: 'Ours' })
    const workflow = await reader.call.workflows.get({ id: workflowId })
    expect(workflow).toMatchObject({ name: 'Ours', publishedVersion: null, description: 'Takes orders' })
    expect(paramsOf(workflow.draft, 'note')).toEqual({ message: 'Ours' })
    const seen = await publisher.call.library.get(key)
    expect(seen).toMatchObject({ installs: 1, versions: [{ number: 1, installs: 1 }], installed: [] })
    expect(JSON.stringify(seen)).not.toContain(reader.tenant.id)
  })

  test('values that do not fit are refused, a connection of another tenant like none', async () => {
    const { reader, key, publisher } = await installed()
    const { id: theirs } = await publisher.call.connections.create({
      ...{ name: 'C', kind: 'http.bearer', hosts: ['x.example'], fields: { token: 'secret' } },
    })
    const document = draw()
    await publisher.redraw({
      ...document,
      nodes: document.nodes.map((node) => (node.key === 'call' ? { ...node, connection: theirs } : node)),
    })
    await publisher.publish({ visibility: 'chosen', shareWith: [reader.tenant.slug] })
    const attempt = (values: Record<string, string>) =>
      refusalOf(reader.call.library.install({ ...key, name: 'x', values }))
    expect(await attempt({ stray: 'x' })).toMatchObject({
      code: 'invalid',
      issues: [{ path: 'values.stray' }],
    })
    const nobody = '99999999-9999-4999-8999-999999999999'
    const [one, other] = [await attempt({ http: theirs }), await attempt({ http: nobody })]
    expect(one).toMatchObject({ code: 'invalid', issues: [{ path: 'values.http' }] })
    expect(one).toEqual(other)
  })

  test('an upgrade keeps what was adapted, asks where both changed, and is taken back', async () => {
    const { publisher, reader, share, workflowId, edit } = await installed()
    await edit(draw({ url: 'https://ours.example/', message: 'Noted by us' }))
    const adapted = await draftOf(reader, workflowId)
    await publisher.redraw(draw({ url: 'https://api.example.com/v2', extra: true }))
    await publisher.publish({ ...share, changes: 'Version 2 of the API' })

    const [notice] = await reader.call.library.installs({ workflowId })
    expect(notice).toMatchObject({ version: 1, updateTo: 2, undoable: false })
    const preview = await reader.call.library.upgradePreview({ workflowId })
    expect(preview).toMatchObject({
      from: 1,
      to: 2,
      news: [{ number: 2, changes: 'Version 2 of the API' }],
      revision: 2,
    })
    expect(preview.conflicts).toMatchObject([
      {
        ...{ id: 'changed/call/params.url', base: 'https://api.example.com/v1' },
        ...{ mine: 'https://ours.example/', theirs: 'https://api.example.com/v2' },
      },
    ])
    expect(await draftOf(reader, workflowId)).toEqual(adapted)

    const act = { workflowId, revision: preview.revision }
    expect(await refusalOf(reader.call.library.upgrade(act))).toMatchObject({ code: 'invalid' })
    const choices = { 'changed/call/params.url': 'theirs' as const }
    expect(await refusalOf(reader.call.library.upgrade({ ...act, revision: 1, choices }))).toMatchObject({
      code: 'conflict',
    })
    expect(await reader.call.library.upgrade({ ...act, choices })).toEqual({ revision: 3, version: 2 })
    const upgraded = await draftOf(reader, workflowId)
    expect(paramsOf(upgraded, 'call')?.url).toBe('https://api.example.com/v2')
    expect(paramsOf(upgraded, 'note')?.message).toBe('Noted by us')
    expect(paramsOf(upgraded, 'more')).toEqual({ message: 'More' })
    expect((await reader.call.library.installs({ workflowId }))[0]).toMatchObject({
      version: 2,
      updateTo: null,
      undoable: true,
    })
    expect(await refusalOf(reader.call.library.upgradePreview({ workflowId }))).toMatchObject({
      code: 'conflict',
    })

    await reader.call.library.revert({ workflowId })
    expect(await draftOf(reader, workflowId)).toEqual(adapted)
    expect((await reader.call.library.installs({ workflowId }))[0]).toMatchObject({
      version: 1,
      updateTo: 2,
      undoable: false,
    })
    expect(await refusalOf(reader.call.library.revert({ workflowId }))).toMatchObject({ code: 'conflict' })
  })

  test('taking an upgrade back does not drop later edits unasked', async () => {
    const { publisher, reader, share, workflowId, edit } = await installed()
    await publisher.redraw(draw({ extra: true }))
    await publisher.publish(share)
    await reader.call.library.upgrade({ workflowId, revision: 1, choices: {} })
    await edit(draw({ extra: true, message: 'Later' }))
    expect(await refusalOf(reader.call.library.revert({ workflowId }))).toMatchObject({
      code: 'conflict',
      details: { edited: true },
    })
    expect(await reader.call.library.revert({ workflowId, discard: true })).toEqual({ version: 1 })
  })

  test('the values of an install survive the upgrade', async () => {
    const { publisher, reader, share, workflowId } = await installed({ greeting: 'Ours' })
    await publisher.redraw(draw({ extra: true }))
    await publisher.publish(share)
    const { conflicts, changes } = await reader.call.library.upgradePreview({ workflowId })
    expect(conflicts).toEqual([])
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['edge_added', 'node_added'])
  })

  test('a workflow that was not installed has nothing to upgrade', async () => {
    const reader = await aReader()
    const { id } = await aWorkflow({ tenantId: reader.tenant.id })
    expect(await refusalOf(reader.call.library.upgradePreview({ workflowId: id }))).toMatchObject({
      status: 404,
    })
  })
})
