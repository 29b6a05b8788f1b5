import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApiKeys } from '../api-keys/verify.ts'
import { testDatabases } from '../test/databases.ts'
import { aUser } from '../test/factories.ts'
import { testAuth } from '../test/sign-in.ts'
import { type FirstStart, firstStart } from './first-start.ts'
import { membershipsOf } from './membership.ts'
import { permissions } from './policy.ts'

let dataFolder = ''
beforeEach(async () => {
  dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-first-'))
  const { auth } = await testDatabases()
  await auth.tenant.deleteMany()
  await auth.user.deleteMany()
})
afterEach(() => fs.rmSync(dataFolder, { recursive: true, force: true }))

async function parts(about: Partial<FirstStart> = {}): Promise<FirstStart> {
  const { auth: people, app } = await testDatabases()
  return { auth: await testAuth(), people, app, dataFolder, given: {}, ...about }
}

test('without hands: an owner with a password made up, kept for its owner only', async () => {
  const { auth: people } = await testDatabases()
  const made = await firstStart(await parts())
  const file = path.join(dataFolder, 'first-owner.txt')
  expect(made).toEqual({
    email: 'owner@trama.local',
    password: expect.stringMatching(/^.{16}$/),
    passwordFile: file,
    tenant: { id: expect.any(String), slug: 'my-team' },
  })
  expect(fs.readFileSync(file, 'utf8')).toBe(`owner@trama.local\n${made?.password}\n`)
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  const { user } = await (await testAuth()).api.signInEmail({
    body: { email: 'owner@trama.local', password: made?.password ?? '' },
  })
  expect(user).toMatchObject({ isAdmin: true })
  expect(await membershipsOf(people, user.id)).toMatchObject([{ role: 'owner', tenant: { name: 'My team' } }])
})

test('with all of it given: nothing is written, and the key works for everything', async () => {
  const { app } = await testDatabases()
  const apiKey = `trama_${'k'.repeat(43)}`
  const given = { email: 'ada@example.com', password: 'correct horse', tenant: 'Acme', apiKey }
  const made = await firstStart(await parts({ given }))
  expect(made).toEqual({ email: 'ada@example.com', tenant: expect.objectContaining({ slug: 'acme' }) })
  expect(fs.readdirSync(dataFolder)).toEqual([])
  const holder = await createApiKeys(app).verify(apiKey)
  expect(holder).toMatchObject({ tenant: made?.tenant, role: 'owner' })
  expect([...holder.scopes].sort()).toEqual([...permissions].sort())
})

test('it happens once', async () => {
  const given = { email: 'ada@example.com', password: 'correct horse' }
  expect(await firstStart(await parts({ given }))).not.toBeNull()
  expect(await firstStart(await parts({ given }))).toBeNull()
  expect(await firstStart(await parts())).toBeNull()
  const { auth } = await testDatabases()
  expect(await auth.user.count()).toBe(1)
})

test('of two first starts at once, one does it', async () => {
  const made = await Promise.all([firstStart(await parts()), firstStart(await parts())])
  expect(made.filter((one) => one !== null)).toHaveLength(1)
  const { auth } = await testDatabases()
  expect(await auth.tenant.count()).toBe(1)
})

test('the first tenant is seeded; a first start that broke off is done anew', async () => {
  const broken = firstStart(await parts({ seed: () => Promise.reject(new Error('out of power')) }))
  await expect(broken).rejects.toThrow('out of power')
  const seeded: unknown[] = []
  const made = await firstStart(
    await parts({
      seed: async (about) => {
        seeded.push(about)
      },
    }),
  )
  expect(made?.tenant.slug).toBe('my-team')
  expect(seeded).toEqual([{ tenant: made?.tenant, userId: expect.any(String) }])
  const { auth } = await testDatabases()
  expect(await auth.user.count()).toBe(1)
})

test('where somebody is already, nobody is made and nobody removed', async () => {
  const { auth } = await testDatabases()
  await aUser()
  expect(await firstStart(await parts())).toBeNull()
  expect(await auth.user.count()).toBe(1)
})
