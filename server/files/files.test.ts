import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StepFailure } from '#nodes/kit/failure.ts'
import type { FileRef } from '#nodes/kit/means.ts'
import { listening, testApp, testParts } from '#server/api/test-app.ts'
import { newId } from '#server/db/id.ts'
import { filesFor } from '#server/runtime/means/files.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import { signedInAs } from '#server/test/sign-in.ts'
import { MAX_FILE_BYTES } from './new-file.ts'

let owner: TestMember
let base = ''
beforeAll(async () => {
  base = await listening(await testApp(await testParts({ roles: { worker: false, scheduler: false } })))
})
beforeEach(async () => {
  owner = await aTenant()
})

async function filesOf({ tenant }: Pick<TestMember, 'tenant'>, runId = newId()) {
  const { engine } = await testDatabases()
  return filesFor({ pool: engine, tenantId: tenant.id, runId })
}

async function codeOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  return error instanceof StepFailure ? error.failure.code : error
}

async function limitTo(megabytes: number, { tenant } = owner) {
  const { owner: sql } = await testDatabases()
  await sql.query('INSERT INTO tenant_limit (tenant_id, storage_mb) VALUES ($1, $2)', [tenant.id, megabytes])
}

const png = { name: '../logo.png', type: 'image/png; charset=x', bytes: Uint8Array.from([0, 1, 255]) }

describe('a step', () => {
  test('writes a file and reads it by its reference', async () => {
    const files = await filesOf(owner)
    const file = await files.write(png)
    expect(file).toEqual({ file: expect.any(String), name: 'logo.png', type: 'image/png', size: 3 })
    const read = await files.read({ ...file, name: 'other.html', type: 'text/html' })
    expect(read).toEqual({ name: 'logo.png', type: 'image/png', bytes: png.bytes })
  })

  test('that is tried again keeps one file', async () => {
    const runId = newId()
    const first = await (await filesOf(owner, runId)).write(png)
    expect(await (await filesOf(owner, runId)).write(png)).toEqual(first)
    expect((await (await filesOf(owner)).write(png)).file).not.toBe(first.file)
  })

  test('reads nothing of another tenant', async () => {
    const file = await (await filesOf(owner)).write(png)
    const theirs = await filesOf(await aTenant())
    expect(await codeOf(theirs.read(file))).toBe('file_missing')
  })

  test('writes 25 MB and no more', async () => {
    const files = await filesOf(owner)
    const whole = { name: 'a', type: 'a/b', bytes: new Uint8Array(MAX_FILE_BYTES) }
    expect((await files.write(whole)).size).toBe(MAX_FILE_BYTES)
    const more = { ...whole, bytes: new Uint8Array(MAX_FILE_BYTES + 1) }
    expect(await codeOf(files.write(more))).toBe('file_too_large')
  })

  test('is told when the tenant’s place is full, at once or one after the other', async () => {
    await limitTo(1)
    const files = await filesOf(owner)
    const half = (fill: number) => ({ name: 'a', type: 'a/b', bytes: new Uint8Array(512 * 1024).fill(fill) })
    const codes = await Promise.all([1, 2, 3].map((fill) => codeOf(files.write(half(fill)))))
    expect(codes.filter((code) => code === 'storage_full')).toHaveLength(1)
    expect(await codeOf(files.write({ ...png }))).toBe('storage_full')
  })
})

describe('downloading', () => {
  const download = async (file: FileRef, member: Pick<TestMember, 'user'> | null, slug = owner.tenant.slug) =>
    fetch(`${base}/api/files/${slug}/${file.file}`, { headers: member ? await signedInAs(member.user) : {} })

  test('saves, and never shows', async () => {
    const html = { name: 'página.html', type: 'text/html', bytes: Buffer.from('<script>1</script>') }
    const file = await (await filesOf(owner)).write(html)
    const viewer = await aMember({ tenant: owner.tenant, role: 'viewer' })
    const answer = await download(file, viewer)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('<script>1</script>')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': `attachment; filename="p_gina.html"; filename*=UTF-8''p%C3%A1gina.html`,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
  })

  test('is for members of the file’s tenant, who find nothing else', async () => {
    const file = await (await filesOf(owner)).write(png)
    const stranger = await aTenant()
    expect((await download(file, null)).status).toBe(401)
    const answers = [
      await download(file, stranger),
      await download(file, stranger, stranger.tenant.slug),
      await download({ ...file, file: newId() }, owner),
      await download({ ...file, file: 'no-id' }, owner),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const bodies = await Promise.all(
      answers.map(async (answer) => ({ ...(await answer.json()), requestId: '' })),
    )
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  })
})
