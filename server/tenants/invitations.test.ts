import { expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aMember, aTenant, aUser, type TestMember } from '../test/factories.ts'
import { acceptInvitation, readInvitation } from './accept-invitation.ts'
import { invitationDays, invite, listInvitations, revokeInvitation } from './invitations.ts'
import { listMembers, removeMember } from './members.ts'
import { Role } from './policy.ts'

const baseUrl = 'https://trama.example.com'
const later = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000)
const acting = ({ tenant, user, member }: TestMember) => ({
  tenantId: tenant.id,
  userId: user.id,
  role: Role.parse(member.role),
})

async function invited(about: { by?: TestMember; role?: Role } = {}) {
  const { auth } = await testDatabases()
  const by = about.by ?? (await aTenant({ role: 'admin' }))
  const user = await aUser()
  const role = about.role ?? 'editor'
  const made = await invite(auth, { acting: acting(by), email: user.email, role, baseUrl })
  return { auth, by, user, ...made }
}

test('a link makes its addressee a member, once', async () => {
  const { auth, by, user, id, url } = await invited()
  expect(url).toBe(`https://trama.example.com/invite/${id}`)
  expect(id).toMatch(/^[0-9a-z]{32}$/)
  expect(await readInvitation(auth, { id })).toEqual({
    tenantName: by.tenant.name,
    email: user.email,
    role: 'editor',
    status: 'pending',
  })
  expect(await acceptInvitation(auth, { id, user })).toEqual({ slug: by.tenant.slug })
  expect(await listMembers(auth, by.tenant.id)).toContainEqual(
    expect.objectContaining({ userId: user.id, role: 'editor' }),
  )
  await expect(acceptInvitation(auth, { id, user })).rejects.toMatchObject({ code: 'conflict' })
  expect(await listInvitations(auth, { tenantId: by.tenant.id })).toEqual([])
})

test('a link opened twice at once makes one member', async () => {
  const { auth, by, user, id } = await invited()
  const results = await Promise.allSettled([
    acceptInvitation(auth, { id, user }),
    acceptInvitation(auth, { id, user }),
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await listMembers(auth, by.tenant.id)).filter(({ userId }) => userId === user.id)).toHaveLength(1)
})

test('a link is of no use to somebody else', async () => {
  const { auth, id } = await invited()
  await expect(acceptInvitation(auth, { id, user: await aUser() })).rejects.toMatchObject({
    code: 'forbidden',
  })
  expect(await readInvitation(auth, { id })).toMatchObject({ status: 'pending' })
})

test('a link expires', async () => {
  const { auth, by, user, id } = await invited()
  const now = later(invitationDays + 0.01)
  expect(await readInvitation(auth, { id, now })).toMatchObject({ status: 'expired' })
  await expect(acceptInvitation(auth, { id, user, now })).rejects.toMatchObject({ code: 'conflict' })
  expect(await listInvitations(auth, { tenantId: by.tenant.id, now })).toEqual([])
})

test('a revoked link is dead, and another tenant cannot revoke it', async () => {
  const { auth, by, user, id } = await invited()
  const stranger = await aTenant()
  await expect(revokeInvitation(auth, { tenantId: stranger.tenant.id, id })).rejects.toMatchObject({
    code: 'not_found',
  })
  await revokeInvitation(auth, { tenantId: by.tenant.id, id })
  expect(await readInvitation(auth, { id })).toMatchObject({ status: 'revoked' })
  await expect(acceptInvitation(auth, { id, user })).rejects.toMatchObject({ code: 'conflict' })
})

test('a second invitation takes the place of the first', async () => {
  const { auth, by, user, id } = await invited()
  const second = await invite(auth, {
    acting: acting(by),
    email: user.email.toUpperCase(),
    role: 'viewer',
    baseUrl,
  })
  expect(await readInvitation(auth, { id })).toMatchObject({ status: 'revoked' })
  expect(await listInvitations(auth, { tenantId: by.tenant.id })).toMatchObject([
    { id: second.id, email: user.email, role: 'viewer' },
  ])
})

test('who is a member already is not invited, nor made less by an old link', async () => {
  const { auth, by, user, id } = await invited({ role: 'viewer' })
  const { auth: people } = await testDatabases()
  await people.member.create({
    data: { id: 'direct', organizationId: by.tenant.id, userId: user.id, role: 'admin' },
  })
  const again = invite(auth, { acting: acting(by), email: user.email, role: 'viewer', baseUrl })
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  await acceptInvitation(auth, { id, user })
  expect(await listMembers(auth, by.tenant.id)).toContainEqual(
    expect.objectContaining({ id: 'direct', role: 'admin' }),
  )
})

test('only an owner invites owners', async () => {
  await expect(invited({ role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' })
  const { auth, by, user, id } = await invited({ by: await aTenant(), role: 'owner' })
  await acceptInvitation(auth, { id, user })
  expect((await listMembers(auth, by.tenant.id)).map(({ role }) => role)).toEqual(['owner', 'owner'])
})

test('the link of one who was removed lets nobody in', async () => {
  const owner = await aTenant()
  const admin = await aMember({ tenant: owner.tenant, role: 'admin' })
  const { auth, user, id } = await invited({ by: admin })
  await removeMember(auth, { acting: acting(owner), memberId: admin.member.id })
  await expect(acceptInvitation(auth, { id, user })).rejects.toMatchObject({ code: 'conflict' })
})
