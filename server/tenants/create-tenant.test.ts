import { describe, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aUser } from '../test/factories.ts'
import { createTenant, ownedTenantsLimit, slugFrom } from './create-tenant.ts'
import { membership, membershipsOf } from './membership.ts'

describe('the slug of a name', () => {
  test.each([
    ['Acme', 'acme'],
    ['Café São João', 'cafe-sao-joao'],
    ['  --Ops & Sales!--  ', 'ops-sales'],
    ['x'.repeat(80), 'x'.repeat(36)],
    [`${'x'.repeat(35)} y`, 'x'.repeat(35)],
  ])('%s → %s', (name, slug) => expect(slugFrom(name)).toBe(slug))

  test.each(['', '東京', '!', 'a'])('%j gets one that is made up', (name) => {
    expect(slugFrom(name)).toMatch(/^team-[0-9a-z]{6}$/)
  })
})

test('who creates a tenant owns it', async () => {
  const { auth } = await testDatabases()
  const user = await aUser()
  const { id, slug } = await createTenant(auth, { userId: user.id, name: 'First Ones' })
  expect(slug).toBe('first-ones')
  expect(await membership(auth, { userId: user.id, slug })).toMatchObject({
    role: 'owner',
    tenant: { id, slug, name: 'First Ones' },
  })
})

test('two of one name get different slugs, also at once', async () => {
  const { auth } = await testDatabases()
  const users = await Promise.all([aUser(), aUser()])
  const made = await Promise.all(users.map(({ id }) => createTenant(auth, { userId: id, name: 'Same' })))
  expect(made.map(({ slug }) => slug).sort()).toEqual(['same', expect.stringMatching(/^same-\w{4}$/)])
})

test.each(['API', 'Sign in', 'Hooks', 'Account'])('%s cannot be taken for a page of ours', async (name) => {
  const { auth } = await testDatabases()
  const { slug } = await createTenant(auth, { userId: (await aUser()).id, name })
  expect(slug).toMatch(/-\w{4}$/)
})

test('nobody owns more than the limit', async () => {
  const { auth } = await testDatabases()
  const { id: userId } = await aUser()
  for (let made = 0; made < ownedTenantsLimit; made += 1) await createTenant(auth, { userId, name: 'Many' })
  await expect(createTenant(auth, { userId, name: 'Many' })).rejects.toMatchObject({ code: 'limit_reached' })
  expect(await membershipsOf(auth, userId)).toHaveLength(ownedTenantsLimit)
})

test('nobody is a member by guessing a slug', async () => {
  const { auth } = await testDatabases()
  const { slug } = await createTenant(auth, { userId: (await aUser()).id, name: 'Private' })
  const stranger = await aUser()
  expect(await membership(auth, { userId: stranger.id, slug })).toBeNull()
  expect(await membership(auth, { userId: stranger.id, slug: 'no-such-tenant' })).toBeNull()
})
