import { randomUUID } from 'node:crypto'
import { callTRPCProcedure } from '@trpc/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { createContext } from '../../api/context.ts'
import { describeError, type ErrorBody } from '../../api/error-body.ts'
import type { Parts } from '../../api/parts.ts'
import { policiesOf } from '../../api/policies.ts'
import { appRouter } from '../../api/router.ts'
import { testParts } from '../../api/test-app.ts'
import { can, Permission, roles } from '../../tenants/policy.ts'
import { aMember, anAdministrator } from '../factories.ts'
import { signedInAs } from '../sign-in.ts'
import { type Entry, procedureTable, serverOwned } from './procedure-table.ts'
import { aDocument, aWorld, fingerprint, type World } from './world.ts'

const declared = policiesOf(appRouter)
const procedures = Object.entries(procedureTable).map(([path, entry]) => ({
  path,
  entry,
  type: declared.get(path)?.type ?? 'query',
}))
const ofTenants = procedures.filter(({ entry }) => !['anonymous', 'user', 'admin'].includes(entry.policy))
const naming = ofTenants.filter(({ entry }) => entry.names)

let parts: Parts
let ours: World
let theirs: World
let administrator: { id: string }
beforeAll(async () => {
  parts = await testParts({ roles: { worker: false, scheduler: false } })
  ours = await aWorld()
  theirs = await aWorld()
  administrator = await anAdministrator()
})

interface Call {
  path: string
  by?: { id: string }
  slug?: string
  input?: unknown
}

/** What a procedure gives, or the very body its refusal would have. */
async function call({ path, by, slug, input }: Call): Promise<{ output?: unknown; refused?: ErrorBody }> {
  const abort = new AbortController()
  const headers = new Headers(by ? await signedInAs(by) : {})
  const type = declared.get(path)?.type
  try {
    const output: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      ctx: createContext({ parts, requestId: 'test', headers, slug: slug ?? null }),
      type: type === 'mutation' || type === 'subscription' ? type : 'query',
      getRawInput: async () => input,
      signal: abort.signal,
      batchIndex: 0,
    })
    if (type !== 'subscription') return { output }
    // What names something says at its first step whether it is there.
    if (input) await iteratorOf(output).next()
    return { output: 'a stream' }
  } catch (error) {
    return { refused: describeError(error) }
  } finally {
    abort.abort()
  }
}

function iteratorOf(output: unknown): AsyncIterator<unknown> {
  if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output) {
    return (output as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  }
  throw new Error('A subscription gave no stream')
}

/** The same input, about something that nobody has. */
function aboutNothing(entry: Entry, world: World): Record<string, unknown> | undefined {
  const names = (entry.names ?? []).map((name) => [name, randomUUID()])
  return entry.input && { ...entry.input(world), ...Object.fromEntries(names) }
}

test('the table has every procedure, with the policy it declares', () => {
  const found = Object.fromEntries([...declared].map(([path, { policy }]) => [path, policy]))
  expect(found).toEqual(Object.fromEntries(procedures.map(({ path, entry }) => [path, entry.policy])))
})

test('what changes something asks for more than reading', () => {
  const mutations = procedures.filter(({ type }) => type === 'mutation')
  expect(mutations.length).toBeGreaterThan(10)
  expect(mutations.filter(({ entry }) => entry.policy.endsWith('.read'))).toEqual([])
})

describe.each(ofTenants)('$path', ({ path, entry }) => {
  test('answers a stranger as if there were no such tenant', async () => {
    const before = await fingerprint(theirs.owner.tenant.id)
    const by = ours.owner.user
    const asked = await call({ path, by, slug: theirs.slug, input: entry.input?.(theirs) })
    const nowhere = await call({ path, by, slug: `t-${randomUUID()}`, input: entry.input?.(theirs) })
    expect(asked.refused).toMatchObject({ status: 404, code: 'not_found' })
    expect(asked).toEqual(nowhere)
    expect(await call({ path, by, input: entry.input?.(theirs) })).toEqual(nowhere)
    expect(await fingerprint(theirs.owner.tenant.id)).toEqual(before)
  })

  test('is for nobody without a session', async () => {
    const asked = await call({ path, slug: theirs.slug, input: entry.input?.(theirs) })
    expect(asked.refused).toMatchObject({ status: 401, code: 'signed_out' })
  })

  test.each(roles)('is for a role of %s only if the policy says so', async (role) => {
    const { user } = await aMember({ tenant: ours.owner.tenant, role })
    const { refused } = await call({ path, by: user, slug: ours.slug, input: aboutNothing(entry, ours) })
    const allowed = entry.policy === 'member' || can(role, Permission.parse(entry.policy))
    if (allowed) expect([undefined, 'not_found']).toContain(refused?.code)
    else expect(refused).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('gives nothing that is theirs', async () => {
    // One more owner, who may leave.
    const { user: by } = await aMember({ tenant: ours.owner.tenant })
    const text = JSON.stringify(await call({ path, by, slug: ours.slug, input: aboutNothing(entry, ours) }))
    const { owner, ...ids } = theirs
    for (const id of [...Object.values(ids), owner.tenant.id, owner.user.id]) expect(text).not.toContain(id)
  })
})

describe.each(naming)('$path', ({ path, entry }) => {
  test('answers about theirs as about nothing, and touches nothing', async () => {
    const before = await fingerprint(theirs.owner.tenant.id)
    const at = { path, by: ours.owner.user, slug: ours.slug }
    const asked = await call({ ...at, input: entry.input?.(theirs) })
    const nothing = await call({ ...at, input: aboutNothing(entry, theirs) })
    expect(asked.refused).toMatchObject({ status: 404, code: 'not_found' })
    expect(asked).toEqual(nothing)
    expect(await fingerprint(theirs.owner.tenant.id)).toEqual(before)
  })
})

describe.each(procedures.filter(({ entry, type }) => entry.input && type === 'mutation'))(
  '$path',
  ({ path, entry }) => {
    test('refuses fields that are the server’s, by name', async () => {
      const world = await aWorld()
      const good = entry.input?.(world) ?? {}
      const before = await fingerprint(world.owner.tenant.id)
      for (const field of serverOwned.filter((name) => !(name in good))) {
        const by = entry.policy === 'admin' ? administrator : world.owner.user
        const { refused } = await call({ path, by, slug: world.slug, input: { ...good, [field]: 'x' } })
        expect(refused, field).toMatchObject({ status: 400, code: 'invalid', issues: [{ path: field }] })
      }
      expect(await fingerprint(world.owner.tenant.id)).toEqual(before)
    })
  },
)

describe.each(procedures.filter(({ entry }) => entry.policy === 'admin'))('$path', ({ path, entry }) => {
  test('is for administrators of the installation, and not for owners of tenants', async () => {
    const before = await fingerprint(theirs.owner.tenant.id)
    const input = entry.input?.(theirs)
    for (const slug of [undefined, theirs.slug, ours.slug]) {
      expect((await call({ path, slug, input })).refused).toMatchObject({ status: 401, code: 'signed_out' })
      for (const by of [ours.owner.user, theirs.owner.user])
        expect((await call({ path, by, slug, input })).refused).toMatchObject({ status: 403 })
    }
    expect(await fingerprint(theirs.owner.tenant.id)).toEqual(before)
    expect((await call({ path, by: administrator, input })).refused).toBeUndefined()
  })
})

test('the inputs of the table are good: a member of the tenant gets through with them', async () => {
  const refusals: Record<string, string> = {}
  for (const { path, entry } of ofTenants) {
    const world = await aWorld()
    const { user: by } = world.owner
    const { refused } = await call({ path, by, slug: world.slug, input: entry.input?.(world) })
    if (refused) refusals[path] = refused.message
  }
  expect(refusals).toEqual({
    'connections.oauthStart': 'Nobody signs in to this kind of connection',
    'connections.test': 'A connection of this kind cannot be tried by itself; run a step with it',
    'members.leave': 'A tenant needs an owner: make somebody else one first',
    'runs.cancel': 'This run has already ended',
  })
  // A tenant of its own for each.
}, 240_000)

test('who was removed is out at the next request', async () => {
  const member = await aMember({ tenant: ours.owner.tenant, role: 'admin' })
  const at = { path: 'workflows.list', by: member.user, slug: ours.slug, input: {} }
  expect((await call(at)).refused).toBeUndefined()
  const input = { memberId: member.member.id }
  await call({ path: 'members.remove', by: ours.owner.user, slug: ours.slug, input })
  expect((await call(at)).refused).toMatchObject({ status: 404 })
})

test('a workflow with their connection is told the same as one with none that exists', async () => {
  const { output } = await call({
    path: 'workflows.create',
    by: ours.owner.user,
    slug: ours.slug,
    input: { name: 'Thief' },
  })
  const { id } = output as { id: string }
  const answers = []
  for (const [index, connection] of [theirs.connectionId, randomUUID()].entries()) {
    const node = {
      key: 'call',
      type: 'http.request',
      version: 1,
      connection,
      params: { url: 'https://example.com' },
    }
    const document = {
      ...aDocument,
      nodes: [...aDocument.nodes, { ...node, position: { x: 0, y: 0 } }],
      edges: [{ from: 'start', port: 'out', to: 'call' }],
    }
    const at = { by: ours.owner.user, slug: ours.slug }
    const saved = await call({
      ...at,
      path: 'workflows.saveDraft',
      input: { id, document, revision: index + 1 },
    })
    expect(saved.refused).toBeUndefined()
    const asked = await call({ ...at, path: 'workflows.publish', input: { id, revision: index + 2 } })
    expect(asked.refused).toMatchObject({ status: 400, code: 'invalid' })
    answers.push(JSON.stringify(asked).replaceAll(connection, 'it'))
  }
  expect(answers[0]).toBe(answers[1])
  expect(answers[0]).toContain('connection')
})
