import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { allowOnly, urlsFor } from '../db/logins.ts'
import { type Databases, type DatabaseUrls, openDatabases } from '../db/open.ts'

export interface TestDatabases extends Databases {
  urls: DatabaseUrls
  /** Of the superuser, in this database: for arranging and inspecting, past every policy. */
  ownerUrl: string
  owner: pg.Pool
  secret: string
}

let opened: Promise<TestDatabases> | undefined

/** A database of this test file's own, migrated and empty; gone when the file is done. */
export function testDatabases(): Promise<TestDatabases> {
  opened ??= open()
  return opened
}

/** The Redis of this test run; throws how to get one when there is none. */
export function testRedisUrl(): string {
  const redis = inject('redis')
  if ('problem' in redis) throw new Error(redis.problem)
  return redis.url
}

async function open(): Promise<TestDatabases> {
  const { adminUrl, template, secret } = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    await allowOnly(admin, { database: name, loginsOf: template })
  })
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const ownerUrl = url.toString()
  const urls = urlsFor({ ownerUrl, secret, loginsOf: template })
  const databases = openDatabases(urls, 5)
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  afterAll(async () => {
    await Promise.all([databases.close(), owner.end()])
    await asAdmin(adminUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))
  })
  return { ...databases, urls, ownerUrl, owner, secret }
}

async function asAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
