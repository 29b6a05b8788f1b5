import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { scopeFor } from '#server/api/context.ts'
import type { Parts } from '#server/api/parts.ts'
import { listening, publishedWorkflow, testApp, testParts } from '#server/api/test-app.ts'
import { forgetLimits } from '#server/runtime/limits.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { formLimits } from './read-submission.ts'
import { formPace } from './serve-form.ts'

let parts: Parts
let owner: TestMember
let base: string
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  base = `${await listening(await testApp(parts))}/hooks`
})

const fields = [
  { name: 'name', label: 'Name', required: true },
  { name: 'count', label: 'Count', kind: 'number' },
  { name: 'size', label: 'Size', kind: 'choice', options: ['S', 'M'] },
  { name: 'cv', label: 'CV', kind: 'file' },
]
let count = 0

/** A published form with one node behind it; gives its address. */
async function aForm(
  node: Partial<DocumentNode> = { type: 'flow.log', params: { message: 'Hi' } },
  params: DocumentNode['params'] = {},
) {
  const path = `form-${++count}`
  const { id } = await publishedWorkflow(scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id }), {
    nodes: [
      { key: 'form', type: 'trigger.form', params: { path, title: 'Contact', fields, ...params } },
      { key: 'then', ...node },
    ],
    wires: ['form -> then'],
  })
  return { url: `${base}/${owner.tenant.slug}/forms/${path}`, id }
}

const post = (url: string, body: unknown, type = 'application/json') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** The inputs of the workflow's runs, oldest first. */
async function inputsOf(workflowId: string) {
  const { owner: sql } = await testDatabases()
  const { rows } = await sql.query(
    `SELECT input, started_by FROM run WHERE workflow_id = $1 ORDER BY created_at`,
    [workflowId],
  )
  return rows.map(({ input, started_by: by }) => ({ ...input, by }))
}

test('tells the page what to ask', async () => {
  const { url } = await aForm(undefined, { description: 'For you' })
  const answer = await fetch(url)
  expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  expect(await answer.json()).toEqual({
    title: 'Contact',
    description: 'For you',
    fields: {
      type: 'object',
      properties: {
        name: { title: 'Name', type: 'string', maxLength: 1000 },
        count: { title: 'Count', type: 'number' },
        size: { title: 'Size', type: 'string', enum: ['S', 'M'] },
        cv: expect.objectContaining({ title: 'CV', widget: 'file' }),
      },
      required: ['name'],
      additionalProperties: false,
    },
  })
})

test('a filled-in form starts a run and is thanked for', async () => {
  const { url, id } = await aForm(undefined, { thanks: 'Obrigado!' })
  const answer = await post(url, { fields: { name: ' Ada ', count: '3', size: 'M' } })
  expect([answer.status, await answer.json()]).toEqual([200, { text: 'Obrigado!', ok: true }])
  expect(await inputsOf(id)).toEqual([
    {
      fields: { name: 'Ada', count: 3, size: 'M', cv: null },
      submittedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      by: 'form',
    },
  ])
})

describe('what a Respond node says', () => {
  const saying = async (params: DocumentNode['params']) => {
    const { url } = await aForm({ type: 'flow.respond', params }, { answer: 'by_node' })
    return (await post(url, { fields: { name: 'Ada' } })).json()
  }

  test('is shown, as text', async () => {
    expect(await saying({ body: '<b>Hello</b>' })).toEqual({ text: '<b>Hello</b>', ok: true })
  })

  test('may refuse', async () => {
    const body = { status: 409, body: 'Sold out', headers: { 'set-cookie': 'a=b', location: '//evil' } }
    expect(await saying(body)).toEqual({ text: 'Sold out', ok: false })
  })

  test('is missing when the run fails, and why is not told', async () => {
    const { url } = await aForm(
      { type: 'flow.stop', params: { message: 'Key sk-1 is wrong' } },
      { answer: 'by_node' },
    )
    const answer = await post(url, { fields: { name: 'Ada' } })
    expect(await answer.json()).toEqual({ text: null, ok: false })
  })
})

describe('with files', () => {
  const sent = (about: { answers?: unknown; files?: [string, File][] }) => {
    const form = new FormData()
    if (about.answers !== undefined) form.set('answers', JSON.stringify(about.answers))
    for (const [name, file] of about.files ?? []) form.append(name, file)
    return form
  }
  const cv = new File(['Hello'], '../../cv.pdf', { type: 'application/pdf' })
  const submit = (url: string, about: Parameters<typeof sent>[0]) =>
    fetch(url, { method: 'POST', body: sent(about) })

  test('the run gets a reference, and the bytes are kept', async () => {
    const { url, id } = await aForm()
    const answer = await submit(url, { answers: { fields: { name: 'Ada' } }, files: [['cv', cv]] })
    expect(answer.status).toBe(200)
    const [input] = await inputsOf(id)
    expect(input.fields.cv).toEqual({
      file: expect.any(String),
      name: 'cv.pdf',
      type: 'application/pdf',
      size: 5,
    })
    const { owner: sql } = await testDatabases()
    const { rows } = await sql.query('SELECT content FROM file WHERE tenant_id = $1 AND id = $2', [
      owner.tenant.id,
      input.fields.cv.file,
    ])
    expect(rows[0].content.toString()).toBe('Hello')
  })

  const reference = { file: randomUUID(), name: 'x', type: 'a/b', size: 1 }
  test.each<[string, Parameters<typeof sent>[0], number]>([
    ['no answers', { files: [['cv', cv]] }, 400],
    [
      'a file for a field that takes none',
      { answers: { fields: { name: 'Ada' } }, files: [['name', cv]] },
      400,
    ],
    ['a file for no field', { answers: { fields: { name: 'Ada' } }, files: [['other', cv]] }, 400],
    [
      'two files for one field',
      {
        answers: { fields: { name: 'Ada' } },
        files: [
          ['cv', cv],
          ['cv', cv],
        ],
      },
      400,
    ],
    ['a reference made up', { answers: { fields: { name: 'Ada', cv: reference } } }, 400],
    [
      'a file of more than 10 MB',
      {
        answers: { fields: { name: 'Ada' } },
        files: [['cv', new File([new Uint8Array(formLimits.fileBytes + 1)], 'big')]],
      },
      413,
    ],
  ])('%s is refused, and nothing is kept', async (_, about, status) => {
    const { url, id } = await aForm()
    const { owner: sql } = await testDatabases()
    const filesNow = async () => (await sql.query('SELECT count(*)::int AS count FROM file')).rows[0].count
    const before = await filesNow()
    const answer = await submit(url, about)
    expect([answer.status, typeof (await answer.json()).message]).toEqual([status, 'string'])
    expect([await inputsOf(id), await filesNow()]).toEqual([[], before])
  })

  test('a body that is no form is refused', async () => {
    const { url } = await aForm()
    for (const body of ['', 'x', '--x\r\n\r\n', '--x\r\ncontent-disposition: form-data; name="answers"'])
      expect((await post(url, body, 'multipart/form-data; boundary=x')).status).toBe(400)
    expect((await post(url, 'x', 'multipart/form-data')).status).toBe(415)
  })

  test('more than all may be together is refused', async () => {
    const { url } = await aForm()
    const body = 'x'.repeat(formLimits.wholeBytes + 1)
    expect((await post(url, body, 'multipart/form-data; boundary=x')).status).toBe(413)
  })
})

describe('refuses', () => {
  test.each<[string, unknown, number, string?]>([
    ['no JSON', '{', 400],
    ['no fields', {}, 400, 'fields'],
    ['fields that are a list', { fields: [] }, 400, 'fields'],
    ['a missing field', { fields: {} }, 400, 'fields.name'],
    ['a choice that is none', { fields: { name: 'Ada', size: 'XXL' } }, 400, 'fields.size'],
    ['no number', { fields: { name: 'Ada', count: 'ten' } }, 400, 'fields.count'],
    ['an extra field', { fields: { name: 'Ada', admin: true } }, 400, 'fields.admin'],
    ['a field of ours', { fields: { name: 'Ada' }, files: { path: '/etc/passwd' } }, 400, 'files'],
    ['a field that is too long', { fields: { name: 'x'.repeat(1_001) } }, 400, 'fields.name'],
    ['a body that is too long', { fields: { name: 'x'.repeat(600_000) } }, 413],
    ['an upload of JSON', { fields: { name: 'Ada', cv: 'a.pdf' } }, 400, 'fields.cv'],
  ])('%s', async (_, body, status, field) => {
    const { url, id } = await aForm()
    const answer = await post(url, body)
    const refused = await answer.json()
    expect([answer.status, typeof refused.message]).toEqual([status, 'string'])
    if (field) expect(refused.issues).toContainEqual({ path: field, message: expect.any(String) })
    expect(await inputsOf(id)).toEqual([])
  })

  test('every field that is wrong is named, with a code for the page', async () => {
    const { url } = await aForm()
    const refused = await (await post(url, { fields: { size: 'L' } })).json()
    expect(refused.details.faults).toEqual([
      { name: 'name', fault: 'required' },
      { name: 'size', fault: 'not_option' },
    ])
  })

  test('a form of a browser without our page', async () => {
    const { url } = await aForm()
    expect((await post(url, 'name=Ada', 'application/x-www-form-urlencoded')).status).toBe(415)
    expect((await post(url, '{}', 'text/plain')).status).toBe(415)
  })

  test('other methods and addresses', async () => {
    const { url } = await aForm()
    expect((await fetch(url, { method: 'PUT' })).status).toBe(405)
    for (const other of [`${url}/`, `${url}/stream`, `${url}x`])
      expect([other, (await fetch(other)).status]).toEqual([other, 404])
  })

  test('a program that fills in everything is thanked, and starts nothing', async () => {
    const { url, id } = await aForm()
    const answer = await post(url, { fields: { name: 'Ada' }, website: 'https://spam.example' })
    expect(await answer.json()).toMatchObject({ ok: true })
    expect(await inputsOf(id)).toEqual([])
  })

  test('too many from one address', async () => {
    const { url } = await aForm()
    const statuses = await Promise.all(
      Array.from({ length: formPace.address + 1 }, async () => (await post(url, { fields: {} })).status),
    )
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  })
})

test('a suspended team keeps no files of strangers, and does not tell them why', async () => {
  const { url } = await aForm()
  const { owner: sql, engine } = await testDatabases()
  const suspend = (at: string) =>
    sql.query(
      `INSERT INTO tenant_limit (tenant_id, suspended_at, suspended_why) VALUES ($1, ${at}, 'Owes money')
       ON CONFLICT (tenant_id) DO UPDATE SET suspended_at = ${at}`,
      [owner.tenant.id],
    )
  const counted = async () =>
    (await sql.query('SELECT count(*)::int AS files FROM file WHERE tenant_id = $1', [owner.tenant.id])).rows
  const before = await counted()
  const body = new FormData()
  body.set('answers', JSON.stringify({ fields: { name: 'Ada' } }))
  body.set('cv', new File(['CV'], 'cv.txt'))
  await suspend('now()')
  forgetLimits(engine)
  const answer = await fetch(url, { method: 'POST', body })
  expect(answer.status).toBe(403)
  expect(await answer.text()).not.toContain('Owes money')
  expect(await counted()).toEqual(before)
  await suspend('NULL')
  forgetLimits(engine)
})

test('the same filling in twice starts one run', async () => {
  const { url, id } = await aForm()
  const body = { fields: { name: 'Ada' }, id: randomUUID() }
  await Promise.all([post(url, body), post(url, body)])
  expect(await inputsOf(id)).toHaveLength(1)
})

test('text that looks like an expression stays text', async () => {
  const { url } = await aForm(
    { type: 'flow.respond', params: { body: { expr: 'trigger.fields.name' } } },
    { answer: 'by_node' },
  )
  const answer = await post(url, { fields: { name: '{{ 1 + 1 }} ${steps}' } })
  expect(await answer.json()).toEqual({ text: '{{ 1 + 1 }} ${steps}', ok: true })
})
