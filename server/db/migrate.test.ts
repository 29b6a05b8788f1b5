import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { migrate, migrationsFolder } from './migrate.ts'
import { ensureDatabase } from './setup.ts'

const root = path.resolve(migrationsFolder, '../..')
const { owner, ownerUrl } = await testDatabases()

function prisma(...args: string[]) {
  const cli = path.join(root, 'node_modules/prisma/build/index.js')
  const env = { ...process.env, DATABASE_URL: ownerUrl }
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

test('the migrations make what schema.prisma says, and Prisma agrees that they are applied', () => {
  const to = ['--to-schema', 'prisma/schema.prisma', '--exit-code']
  const made = prisma('migrate', 'diff', '--from-config-datasource', ...to)
  expect(made).toMatchObject({ status: 0, text: expect.stringContaining('No difference') })
  expect(prisma('migrate', 'status')).toMatchObject({
    status: 0,
    text: expect.stringContaining('up to date'),
  })
})

test('a difference would be noticed', async () => {
  await owner.query('ALTER TABLE workflow ADD COLUMN stray text')
  const made = prisma(
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema',
    'prisma/schema.prisma',
    '--exit-code',
  )
  await owner.query('ALTER TABLE workflow DROP COLUMN stray')
  expect(made.status).toBe(2)
})

let folder = ''
let count = 0
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-migrations-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true })
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql)
}

async function emptyDatabase(): Promise<string> {
  count += 1
  return ensureDatabase(ownerUrl, `migrate_${process.pid}_${count}`)
}

test('each is applied once, in order, however many start at once', async () => {
  write('0002_second', 'ALTER TABLE a ADD COLUMN c int')
  write('0001_first', 'CREATE TABLE a (b int); INSERT INTO a VALUES (1)')
  const url = await emptyDatabase()
  const applied = await Promise.all([1, 2, 3].map(() => migrate(url, folder)))
  expect(applied.sort((a, b) => b.length - a.length)).toEqual([['0001_first', '0002_second'], [], []])
})

test('one that fails leaves nothing behind, and can be mended', async () => {
  write('0001_first', 'CREATE TABLE a (b int)')
  write('0002_second', 'CREATE TABLE b (c int); SELECT nonsense')
  const url = await emptyDatabase()
  await expect(migrate(url, folder)).rejects.toThrow(
    'Migration 0002_second: column "nonsense" does not exist',
  )
  write('0002_second', 'CREATE TABLE b (c int)')
  expect(await migrate(url, folder)).toEqual(['0001_first', '0002_second'])
})

test('one that was edited after it was applied is refused', async () => {
  write('0001_first', 'CREATE TABLE a (b int)')
  const url = await emptyDatabase()
  await migrate(url, folder)
  write('0001_first', 'CREATE TABLE a (b text)')
  await expect(migrate(url, folder)).rejects.toThrow('0001_first was edited')
})
