import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { FormField, schemaOfFields } from '#nodes/kit/form-fields.ts'
import { listening, testApp, testParts } from '#server/api/test-app.ts'
import { newId } from '#server/db/id.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, aWorkflow, type TestMember } from '#server/test/factories.ts'

let owner: TestMember
let base: string
beforeAll(async () => {
  // Nobody drives the runs: these tests look at what is answered, not at what follows.
  base = `${await listening(await testApp(await testParts({ roles: { worker: false, scheduler: false } })))}/hooks`
  owner = await aTenant()
})

const fields = schemaOfFields([
  FormField.parse({ name: 'name', label: 'Name', required: true }),
  FormField.parse({ name: 'count', label: 'Count', kind: 'number' }),
])

interface About {
  kind?: 'form' | 'webhook' | 'approval'
  role?: string | null
  status?: string
  deadline?: string | null
  path?: string
}

/** A question of a run, and its address. */
async function aTask(about: About = {}) {
  const { kind = 'form', role = null, status = 'open', deadline = null } = about
  const path = about.path ?? `w-${randomBytes(18).toString('base64url')}`
  const { owner: sql } = await testDatabases()
  const { tenant } = owner
  const workflow = await aWorkflow({ tenantId: tenant.id, publish: true })
  const [runId, id] = [newId(), newId()]
  await sql.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq)
     VALUES ($1, $2, $3, 1, 'waiting', 'manual', 'start', '{}', 1)`,
    [tenant.id, runId, workflow.id],
  )
  await sql.query(
    `INSERT INTO task (tenant_id, id, run_id, step, name, kind, title, request, role, status, deadline_at)
     VALUES ($1, $2, $3, 'ask', 'ask', $4, 'Who?', $5, $6, $7, $8)`,
    [
      ...[tenant.id, id, runId, kind],
      ...[JSON.stringify({ message: 'Please', fields, path }), role, status, deadline],
    ],
  )
  return { id, path, url: `${base}/${tenant.slug}/wait/${path}` }
}

const answerOf = async (id: string) => {
  const { owner: sql } = await testDatabases()
  const { rows } = await sql.query('SELECT status, answer, answered_by AS by FROM task WHERE id = $1', [id])
  return rows[0]
}

const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('a form', () => {
  test('is read and filled in once', async () => {
    const { id, url } = await aTask()
    expect(await (await fetch(url)).json()).toEqual({ title: 'Who?', description: 'Please', fields })
    const answers = await Promise.all([1, 2, 3].map((count) => post(url, { fields: { name: 'Ada', count } })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
    expect(await answerOf(id)).toMatchObject({ status: 'answered', answer: { name: 'Ada' }, by: null })
    expect((await fetch(url)).status).toBe(410)
  })

  test('says which fields are wrong, and stays open', async () => {
    const { id, url } = await aTask()
    const refused = await post(url, { fields: { count: 'x' } })
    expect([refused.status, (await refused.json()).details.faults]).toEqual([
      400,
      [
        { name: 'name', fault: 'required' },
        { name: 'count', fault: 'not_number' },
      ],
    ])
    expect(await answerOf(id)).toMatchObject({ status: 'open' })
  })
})

test('a call is taken once, with what it brings', async () => {
  const { id, url } = await aTask({ kind: 'webhook' })
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(405)
  expect((await post(`${url}?a=1`, { paid: true })).status).toBe(202)
  expect(await answerOf(id)).toMatchObject({
    status: 'answered',
    answer: { method: 'POST', query: { a: '1' }, body: { paid: true } },
  })
  expect((await post(url, {})).status).toBe(410)
})

describe('is not found', () => {
  test.each<[string, (path: string) => string]>([
    ['a part of the address', (path) => path.slice(0, 20)],
    ['more than the address', (path) => `${path}x`],
    ['below the address', (path) => `${path}/x`],
    ['with a slash', (path) => `${path}/`],
    ['another spelling', (path) => path.replace('w-', 'w%2D')],
    ['a pattern', () => '%25'],
    ['a text that SQL might take for its own', () => "'%20or%20'1'='1"],
  ])('%s', async (_, address) => {
    const task = await aTask()
    const url = `${base}/${owner.tenant.slug}/wait/${address(task.path)}`
    expect([(await fetch(url)).status, (await post(url, { fields: { name: 'Eve' } })).status]).toEqual([
      404, 404,
    ])
    expect(await answerOf(task.id)).toMatchObject({ status: 'open' })
  })

  test('in another tenant, or in none', async () => {
    const { path } = await aTask()
    const stranger = await aTenant()
    for (const slug of [stranger.tenant.slug, 'nobody', '%00'])
      expect((await fetch(`${base}/${slug}/wait/${path}`)).status).toBe(404)
  })

  test.each<About>([{ role: 'viewer' }, { kind: 'approval' }, { kind: 'approval', role: 'editor' }])(
    'what members decide: %o',
    async (about) => {
      const { id, url } = await aTask(about)
      expect((await fetch(url)).status).toBe(404)
      expect((await post(url, { fields: { name: 'Eve' } })).status).toBe(404)
      expect(await answerOf(id)).toMatchObject({ status: 'open' })
    },
  )
})

test('of two runs at one address the first that waits is answered first', async () => {
  const first = await aTask({ kind: 'webhook' })
  const second = await aTask({ kind: 'webhook', path: first.path })
  expect((await post(first.url, 1)).status).toBe(202)
  expect([await answerOf(first.id), await answerOf(second.id)]).toMatchObject([
    { status: 'answered' },
    { status: 'open' },
  ])
  expect((await post(first.url, 2)).status).toBe(202)
  expect((await post(first.url, 3)).status).toBe(410)
})

test.each<About>([{ status: 'cancelled' }, { status: 'expired' }, { deadline: '2020-01-01' }])(
  'what is over is closed: %o',
  async (about) => {
    const { url } = await aTask(about)
    expect((await fetch(url)).status).toBe(410)
    expect((await post(url, { fields: { name: 'Ada' } })).status).toBe(410)
  },
)
