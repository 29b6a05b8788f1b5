import { expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aMember, aTenant, type TestMember } from '../test/factories.ts'
import { type Acting, listMembers, removeMember, setRole } from './members.ts'
import { Role } from './policy.ts'

const acting = ({ tenant, user, member }: TestMember): Acting => ({
  tenantId: tenant.id,
  userId: user.id,
  role: Role.parse(member.role),
})

async function rolesIn(tenantId: string): Promise<string[]> {
  const { auth } = await testDatabases()
  return (await listMembers(auth, tenantId)).map(({ role }) => role)
}

test('members are listed with their names, of this tenant only', async () => {
  const { auth } = await testDatabases()
  const owner = await aTenant()
  const editor = await aMember({ tenant: owner.tenant, role: 'editor' })
  await aTenant()
  expect(await listMembers(auth, owner.tenant.id)).toMatchObject([
    { id: owner.member.id, email: owner.user.email, role: 'owner' },
    { id: editor.member.id, email: editor.user.email, role: 'editor' },
  ])
})

test('an admin changes roles up to admin', async () => {
  const { auth } = await testDatabases()
  const admin = await aTenant({ role: 'admin' })
  const { member } = await aMember({ tenant: admin.tenant, role: 'viewer' })
  await setRole(auth, { acting: acting(admin), memberId: member.id, role: 'admin' })
  expect(await rolesIn(admin.tenant.id)).toEqual(['owner', 'admin', 'admin'])
})

test.each([
  ['makes an owner', 'viewer', 'owner'],
  ['unmakes an owner', 'owner', 'viewer'],
] as const)('no admin %s', async (_, from, to) => {
  const { auth } = await testDatabases()
  const admin = await aTenant({ role: 'admin' })
  const { member } = await aMember({ tenant: admin.tenant, role: from })
  const asked = setRole(auth, { acting: acting(admin), memberId: member.id, role: to })
  await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
})

test('no admin removes an owner', async () => {
  const { auth } = await testDatabases()
  const admin = await aTenant({ role: 'admin' })
  const { member } = await aMember({ tenant: admin.tenant, role: 'owner' })
  const asked = removeMember(auth, { acting: acting(admin), memberId: member.id })
  await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
})

test('a viewer leaves, and removes nobody else', async () => {
  const { auth } = await testDatabases()
  const viewer = await aTenant({ role: 'viewer' })
  const other = await aMember({ tenant: viewer.tenant, role: 'viewer' })
  const asked = removeMember(auth, { acting: acting(viewer), memberId: other.member.id })
  await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
  await removeMember(auth, { acting: acting(viewer), memberId: viewer.member.id })
  expect(await rolesIn(viewer.tenant.id)).toEqual(['owner', 'viewer'])
})

test('the last owner neither leaves nor steps down', async () => {
  const { auth } = await testDatabases()
  const owner = await aTenant()
  const memberId = owner.member.id
  const down = setRole(auth, { acting: acting(owner), memberId, role: 'admin' })
  await expect(down).rejects.toMatchObject({ code: 'conflict' })
  await expect(removeMember(auth, { acting: acting(owner), memberId })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await rolesIn(owner.tenant.id)).toEqual(['owner'])
})

test('of two owners who leave at once, one stays', async () => {
  const { auth } = await testDatabases()
  const one = await aTenant()
  const two = await aMember({ tenant: one.tenant, role: 'owner' })
  const left = await Promise.allSettled([
    removeMember(auth, { acting: acting(one), memberId: one.member.id }),
    setRole(auth, { acting: acting(two), memberId: two.member.id, role: 'viewer' }),
  ])
  expect(left.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await rolesIn(one.tenant.id)).filter((role) => role === 'owner')).toHaveLength(1)
})

test('the database itself keeps the last owner', async () => {
  const { auth, owner } = await testDatabases()
  const { member, user, tenant } = await aTenant()
  const refused = { message: expect.stringContaining('keeps at least one owner') }
  await expect(
    auth.member.update({ where: { id: member.id }, data: { role: 'viewer' } }),
  ).rejects.toMatchObject(refused)
  await expect(owner.query('DELETE FROM member WHERE id = $1', [member.id])).rejects.toMatchObject(refused)
  await expect(owner.query('DELETE FROM "user" WHERE id = $1', [user.id])).rejects.toMatchObject(refused)
  await auth.tenant.delete({ where: { id: tenant.id } })
  expect(await rolesIn(tenant.id)).toEqual([])
})

test.each([
  [
    'setRole',
    (about: { acting: Acting; memberId: string }) => ({ ...about, role: 'viewer' as const }),
    setRole,
  ],
  ['removeMember', (about: { acting: Acting; memberId: string }) => about, removeMember],
])('%s of another tenant’s member is as of nobody', async (_, about, verb) => {
  const { auth } = await testDatabases()
  const ours = await aTenant()
  const theirs = await aTenant({ role: 'viewer' })
  const refusals = []
  for (const memberId of [theirs.member.id, 'nobody']) {
    const asked = verb(auth, { role: 'viewer', ...about({ acting: acting(ours), memberId }) })
    refusals.push(await asked.catch(({ code, message }) => ({ code, message })))
  }
  expect(refusals[0]).toMatchObject({ code: 'not_found' })
  expect(refusals[0]).toEqual(refusals[1])
  expect(await rolesIn(theirs.tenant.id)).toEqual(['owner', 'viewer'])
})
