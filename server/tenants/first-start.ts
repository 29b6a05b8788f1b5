import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createApiKey } from '#server/api-keys/create.ts'
import type { AppClient, AuthClient } from '#server/db/open.ts'
import type { Auth } from './auth.ts'
import { createTenant } from './create-tenant.ts'
import { permissionsOf } from './policy.ts'

export interface FirstOwner {
  email: string
  /** Only when it was made up. Also in the file. */
  password?: string
  passwordFile?: string
  tenant: { id: string; slug: string }
}

export interface FirstStart {
  auth: Auth
  people: AuthClient
  app: AppClient
  dataFolder: string
  given: { email?: string; password?: string; tenant?: string; apiKey?: string }
  /** Fills the first tenant with examples. */
  seed?: (about: { tenant: { id: string; slug: string }; userId: string }) => Promise<void>
}

/**
 * On an installation without anybody: makes the first owner, who also administers the installation, their tenant,
 * and the API key the operator asked for. Returns what to print, or null when there is somebody already.
 */
export async function firstStart(about: FirstStart): Promise<FirstOwner | null> {
  // Several processes may start for the first time at once: one of them does it, under a lock.
  return about.people.$transaction(
    async (db) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('trama.first-start'))`
      const people = await db.user.findMany({ select: { id: true, email: true }, take: 2 })
      const email = about.given.email ?? 'owner@trama.local'
      const [first, second] = people
      if (second || (first && first.email !== email)) return null
      if (first && (await db.user.count({ where: { isAdmin: true } })) > 0) return null
      return makeFirstOwner(about, { email, left: first?.id })
    },
    { maxWait: 30_000, timeout: 60_000 },
  )
}

async function makeFirstOwner(
  about: FirstStart,
  { email, left }: { email: string; left?: string },
): Promise<FirstOwner> {
  const { people, given } = about
  const password = given.password ?? randomBytes(12).toString('base64url')
  if (left !== undefined) await removeLeft(people, left)
  const userId = await signUp(about, { email, password })
  const tenant = await createTenant(people, { userId, name: given.tenant ?? 'My team' })
  if (given.apiKey) {
    await createApiKey(about.app, {
      tenantId: tenant.id,
      maker: { userId, role: 'owner' },
      name: 'TRAMA_API_KEY',
      scopes: permissionsOf('owner'),
      key: given.apiKey,
    })
  }
  await about.seed?.({ tenant, userId })
  const passwordFile = given.password ? undefined : keepPassword(about.dataFolder, { email, password })
  // Last: a start that broke off before is done again by the next one.
  await people.user.update({ where: { id: userId }, data: { isAdmin: true } })
  return { email, tenant, ...(passwordFile ? { password, passwordFile } : {}) }
}

/** An earlier first start broke off, before anybody else could come: what it made is removed. */
async function removeLeft(people: AuthClient, userId: string): Promise<void> {
  await people.tenant.deleteMany({ where: { members: { every: { userId } } } })
  await people.user.delete({ where: { id: userId } })
}

async function signUp(about: FirstStart, login: { email: string; password: string }): Promise<string> {
  const { user } = await about.auth.api.signUpEmail({ body: { ...login, name: 'Owner' } })
  // Signing up also signs in; nobody is there to use that session.
  await about.people.session.deleteMany({ where: { userId: user.id } })
  return user.id
}

function keepPassword(dataFolder: string, login: { email: string; password: string }): string {
  const file = path.join(dataFolder, 'first-owner.txt')
  fs.mkdirSync(dataFolder, { recursive: true })
  fs.writeFileSync(file, `${login.email}\n${login.password}\n`, { mode: 0o600 })
  return file
}
