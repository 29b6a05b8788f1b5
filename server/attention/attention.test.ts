import { beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import type { AttentionRequest } from '#server/runtime/attention-request.ts'
import type { Resolution } from '#server/runtime/resolution.ts'
import { newId } from '../db/id.ts'
import { encodeJson } from '../db/json.ts'
import { inTenant, type TenantDb } from '../db/tenant.ts'
import type { TenantScope } from '../tenants/tenant-scope.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { countAttention, groupAttention, listAttention } from './list.ts'
import { readAttention } from './read.ts'
import { resolveAttention } from './resolve.ts'

// What is in the inbox of steps that need attention, and what may be decided about them.

async function aScope(): Promise<TenantScope & { workflowId: string }> {
  const { app } = await testDatabases()
  const { tenant, user } = await aTenant()
  const { id: workflowId } = await aWorkflow({ tenantId: tenant.id, publish: true })
  const within = <T>(work: (db: TenantDb) => Promise<T>) => inTenant(app, tenant.id, work)
  return { tenant, actor: user.id, hooksChanged: () => undefined, inTenant: within, workflowId }
}

let scope: Awaited<ReturnType<typeof aScope>>
beforeAll(async () => {
  scope = await aScope()
})

const request: AttentionRequest = {
  ...{ why: 'exhausted', cause: 'aa', code: 'unreachable', message: 'It is down', attempts: 3 },
  ...{ node: { key: 'call', name: '', type: 'http.request', version: 1 }, effect: 'idempotent' },
  ...{ connection: null, ports: ['out'], params: { url: 'https://example.com/a' }, missing: [] },
}

async function aStep(
  about: Partial<AttentionRequest> & { step?: string; in?: typeof scope; status?: string } = {},
) {
  const { step = 'call', in: { tenant, workflowId } = scope, status = 'open', ...more } = about
  const { engine } = await testDatabases()
  const [runId, id] = [newId(), newId()]
  await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq)
     VALUES ($1, $2, $3, 1, 'waiting', 'manual', 'start', '{}', 0)`,
    [tenant.id, runId, workflowId],
  )
  await engine.query(
    `INSERT INTO task (tenant_id, id, run_id, step, name, kind, title, request, role, status)
     VALUES ($1, $2, $3, $4, 'attention[3]', 'attention', 'It is down', $5::json, 'editor', $6)`,
    [tenant.id, id, runId, step, encodeJson({ ...request, ...more }), status],
  )
  return id
}

async function aConnection(name: string): Promise<string> {
  const id = newId()
  const row = { tenantId: scope.tenant.id, id, name, kind: 'http.bearer', sealed: new Uint8Array(60) }
  await scope.inTenant((db) => db.connection.createMany({ data: [row] }))
  return id
}

test('lists what is open, newest first, in pages that neither repeat nor leave out', async () => {
  const own = await aScope()
  const ids: string[] = []
  for (let at = 0; at < 5; at++) ids.push(await aStep({ in: own }))
  for (const status of ['cancelled', 'expired']) await aStep({ in: own, status })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await listAttention(own, { limit: 2, cursor })
    seen.push(...items.map(({ id }) => id))
    cursor = next ?? undefined
  } while (cursor)
  expect(seen).toEqual([...ids].reverse())
  expect(await countAttention(own, {})).toEqual({ open: 5 })
})

test('is filtered by workflow, reason, connection, node and cause', async () => {
  const own = await aScope()
  const other = await aWorkflow({ tenantId: own.tenant.id, publish: true })
  const connectionId = newId()
  const ids = {
    plain: await aStep({ in: own }),
    unknown: await aStep({ in: own, why: 'unknown', cause: 'bb' }),
    inList: await aStep({ in: own, step: 'each[2].send[0]' }),
    connected: await aStep({ in: own, connection: connectionId }),
    elsewhere: await aStep({ in: { ...own, workflowId: other.id } }),
  }
  const found = async (filter: Parameters<typeof countAttention>[1]) => {
    const { items } = await listAttention(own, filter)
    expect(await countAttention(own, filter)).toEqual({ open: items.length })
    return items.map(({ id }) => Object.entries(ids).find(([, one]) => one === id)?.[0]).sort()
  }
  expect(await found({ why: 'unknown' })).toEqual(['unknown'])
  expect(await found({ cause: 'bb' })).toEqual(['unknown'])
  expect(await found({ node: 'send' })).toEqual(['inList'])
  expect(await found({ connectionId })).toEqual(['connected'])
  expect(await found({ workflowId: other.id })).toEqual(['elsewhere'])
  expect(await found({ node: 'call', why: 'exhausted', workflowId: own.workflowId })).toEqual([
    'connected',
    'plain',
  ])
})

test('is gathered by cause, with one of each as an example', async () => {
  const own = await aScope()
  for (let at = 0; at < 3; at++) await aStep({ in: own })
  const last = await aStep({ in: own, cause: 'bb', message: 'Not allowed', code: 'unauthorized' })
  expect(await groupAttention(own, {})).toMatchObject([
    { cause: 'bb', count: 1, id: last, code: 'unauthorized', node: { key: 'call' } },
    { cause: 'aa', count: 3, message: 'It is down', workflow: { id: own.workflowId } },
  ])
  expect(await groupAttention(own, { cause: 'aa' })).toHaveLength(1)
})

test('names the connection, and not one that was removed since', async () => {
  const id = await aConnection('Shop')
  expect(await readAttention(scope, { id: await aStep({ connection: id }) })).toMatchObject({
    connection: { id, name: 'Shop' },
  })
  const gone = newId()
  expect(await readAttention(scope, { id: await aStep({ connection: gone }) })).toMatchObject({
    connection: { id: gone, name: null },
  })
})

test('another tenant’s is not there', async () => {
  const theirs = await aStep({ in: await aScope() })
  await expect(readAttention(scope, { id: theirs })).rejects.toMatchObject({ code: 'not_found' })
  const runtime = { answer: async () => 'answered' as const }
  const about = { id: theirs, resolution: { how: 'fail' as const } }
  await expect(resolveAttention({ scope, runtime }, about)).rejects.toMatchObject({ code: 'not_found' })
})

describe('a decision', () => {
  function deciding(told: 'answered' | 'closed' = 'answered') {
    const given: { answer: Json; by: string | null }[] = []
    const runtime = {
      answer: async ({ answer, by }: { answer: Json; by: string | null }) => {
        given.push({ answer, by })
        return told
      },
    }
    const decide = (id: string, resolution: Resolution) =>
      resolveAttention({ scope, runtime }, { id, resolution })
    return { given, decide }
  }

  test('is handed on with who made it', async () => {
    const { given, decide } = deciding()
    const params = { url: 'https://example.com/b' }
    await decide(await aStep(), { how: 'retry', params })
    await decide(await aStep(), { how: 'skip', output: [1] })
    expect(given).toEqual([
      { answer: { how: 'retry', params }, by: scope.actor },
      { answer: { how: 'skip', output: [1], port: 'out' }, by: scope.actor },
    ])
  })

  test('with parameters that do not fit is refused with the field', async () => {
    const { given, decide } = deciding()
    const id = await aStep()
    await expect(decide(id, { how: 'retry', params: { url: 'nonsense' } })).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ path: 'resolution.params.url' }] },
    })
    await expect(decide(id, { how: 'retry', unset: ['url'] })).rejects.toMatchObject({ code: 'invalid' })
    expect(given).toEqual([])
  })

  test('of which one parameter is not known yet is left to the step', async () => {
    const { given, decide } = deciding()
    const id = await aStep({ params: { url: null }, missing: ['url'] })
    await decide(id, { how: 'retry', params: { method: 'POST' } })
    expect(given).toHaveLength(1)
  })

  test('to skip says by which way, where there are several', async () => {
    const { given, decide } = deciding()
    const id = await aStep({ ports: ['yes', 'no'] })
    await expect(decide(id, { how: 'skip', output: null })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('yes, no'),
    })
    await decide(id, { how: 'skip', output: null, port: 'no' })
    expect(given).toMatchObject([{ answer: { port: 'no' } }])
  })

  test('that comes too late says so', async () => {
    const { decide } = deciding('closed')
    const closed = await aStep({ status: 'cancelled' })
    await expect(decide(closed, { how: 'retry' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(decide(await aStep(), { how: 'retry' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('may not hold more than is kept of it', async () => {
    const { decide } = deciding()
    const output = 'x'.repeat(300_000)
    await expect(decide(await aStep(), { how: 'skip', output })).rejects.toMatchObject({
      code: 'limit_reached',
    })
  })
})
