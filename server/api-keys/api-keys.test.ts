import { expect, test } from 'vitest'
import { removeMember, setRole } from '../tenants/members.ts'
import { type Permission, Role } from '../tenants/policy.ts'
import { testDatabases } from '../test/databases.ts'
import { aMember, anApiKey, aTenant, type TestMember } from '../test/factories.ts'
import { createApiKey, keysLimit } from './create.ts'
import { keyForm, newKey } from './key.ts'
import { listApiKeys } from './list.ts'
import { createApiKeys } from './verify.ts'

const maker = ({ user, member }: TestMember) => ({ userId: user.id, role: Role.parse(member.role) })
const scopes: Permission[] = ['workflow.read', 'run.start']
const invalid = { code: 'signed_out', message: 'The API key is not valid' }

test('a key is shown once, and its hash is all that is kept', async () => {
  const { app, owner } = await testDatabases()
  const admin = await aTenant({ role: 'admin' })
  const tenantId = admin.tenant.id
  const made = await createApiKey(app, { tenantId, maker: maker(admin), name: 'CI', scopes })
  expect(made.key).toMatch(keyForm)
  expect(await listApiKeys(app, tenantId)).toEqual([
    {
      id: made.id,
      name: 'CI',
      prefix: made.key.slice(0, 12),
      scopes,
      createdBy: admin.user.id,
      createdAt: expect.any(Date),
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    },
  ])
  const { rows } = await owner.query('SELECT api_key::text AS row FROM api_key WHERE id = $1', [made.id])
  expect(rows[0].row).not.toContain(made.key.slice(12))
})

test('keys are long, of one form and never the same', () => {
  const keys = Array.from({ length: 500 }, newKey)
  expect(keys.every((key) => /^trama_[0-9A-Za-z]{43}$/.test(key))).toBe(true)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a key says whose it is and what its maker may do', async () => {
  const { app } = await testDatabases()
  const member = await aTenant({ role: 'editor' })
  const { id, key } = await anApiKey({ member, scopes })
  expect(await createApiKeys(app).verify(key)).toEqual({
    id,
    tenant: { id: member.tenant.id, slug: member.tenant.slug },
    scopes,
    maker: member.user.id,
    role: 'editor',
  })
  const [listed] = await listApiKeys(app, member.tenant.id)
  expect(listed?.lastUsedAt).toBeInstanceOf(Date)
})

test.each(['', 'trama_', `trama_${'a'.repeat(43)}`, `trama_${'a'.repeat(42)}!`, `TRAMA_${'a'.repeat(43)}`])(
  '%j is no key',
  async (key) => {
    const { app } = await testDatabases()
    await expect(createApiKeys(app).verify(key)).rejects.toMatchObject(invalid)
  },
)

test('a revoked key is dead at once here, and elsewhere when its time is up', async () => {
  const { app } = await testDatabases()
  const member = await aTenant()
  const { id, key } = await anApiKey({ member })
  let time = 0
  const here = createApiKeys(app)
  const elsewhere = createApiKeys(app, { rememberMs: 15_000, now: () => time })
  await here.verify(key)
  await elsewhere.verify(key)
  await here.revoke({ tenantId: member.tenant.id, id })
  await expect(here.verify(key)).rejects.toMatchObject(invalid)
  time = 14_999
  expect(await elsewhere.verify(key)).toMatchObject({ id })
  time = 15_000
  await expect(elsewhere.verify(key)).rejects.toMatchObject(invalid)
})

test('another tenant cannot revoke it', async () => {
  const { app } = await testDatabases()
  const { id, key } = await anApiKey({ member: await aTenant() })
  const keys = createApiKeys(app)
  const { tenant } = await aTenant()
  await expect(keys.revoke({ tenantId: tenant.id, id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await keys.verify(key)).toMatchObject({ id })
})

test('a key expires, also while it is remembered', async () => {
  const { app } = await testDatabases()
  const expiresAt = new Date(Date.now() + 60_000)
  const { key } = await anApiKey({ member: await aTenant(), expiresAt })
  let time = expiresAt.getTime() - 1
  const keys = createApiKeys(app, { now: () => time })
  await keys.verify(key)
  const { owner } = await testDatabases()
  await owner.query("UPDATE api_key SET expires_at = now() - interval '1 second' WHERE expires_at = $1", [
    expiresAt,
  ])
  await keys.verify(key)
  time = expiresAt.getTime()
  await expect(keys.verify(key)).rejects.toMatchObject(invalid)
})

test('a key follows its maker: demoted with them, dead without them', async () => {
  const { app, auth } = await testDatabases()
  const owner = await aTenant()
  const admin = await aMember({ tenant: owner.tenant, role: 'admin' })
  const { key } = await anApiKey({ member: admin })
  const keys = createApiKeys(app)
  const acting = { tenantId: owner.tenant.id, userId: owner.user.id, role: 'owner' as const }
  expect(await keys.verify(key)).toMatchObject({ role: 'admin' })
  await setRole(auth, { acting, memberId: admin.member.id, role: 'viewer' })
  keys.forget()
  expect(await keys.verify(key)).toMatchObject({ role: 'viewer' })
  await removeMember(auth, { acting, memberId: admin.member.id })
  keys.forget()
  await expect(keys.verify(key)).rejects.toMatchObject(invalid)
})

test('nobody makes a key that can do more than they', async () => {
  const { app } = await testDatabases()
  const admin = await aTenant({ role: 'admin' })
  const about = { tenantId: admin.tenant.id, maker: maker(admin), name: 'Too much' }
  const asked = createApiKey(app, { ...about, scopes: ['run.read', 'tenant.delete'] })
  await expect(asked).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('tenant.delete'),
  })
  expect(await listApiKeys(app, admin.tenant.id)).toEqual([])
})

test('a key that has expired before it is made, and a name twice, are refused', async () => {
  const { app } = await testDatabases()
  const member = await aTenant()
  const about = { tenantId: member.tenant.id, maker: maker(member), name: 'CI', scopes }
  await expect(createApiKey(app, { ...about, expiresAt: new Date(0) })).rejects.toMatchObject({
    code: 'invalid',
  })
  await createApiKey(app, about)
  await expect(createApiKey(app, about)).rejects.toMatchObject({ code: 'conflict' })
})

test('a tenant has so many keys and no more', async () => {
  const { app } = await testDatabases()
  const member = await aTenant()
  for (let made = 0; made < keysLimit; made += 1) await anApiKey({ member })
  await expect(anApiKey({ member })).rejects.toMatchObject({ code: 'limit_reached' })
  expect(await listApiKeys(app, member.tenant.id)).toHaveLength(keysLimit)
})
