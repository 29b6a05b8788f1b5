import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startPostgres, stopAbandoned } from './embedded-postgres.ts'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-postgres-test-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

async function ask(url: string, text: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return String(rows[0]?.[0])
  } finally {
    await client.end()
  }
}

test('it starts for this machine only, is found running, stops, and keeps its data', async () => {
  fs.chmodSync(folder, 0o755)
  const dir = path.join(folder, 'data')
  const first = await startPostgres({ dir, fast: true })
  expect(first.reused).toBe(false)
  expect(await ask(first.url, 'SHOW listen_addresses')).toBe('127.0.0.1')
  expect(await ask(first.url, 'SHOW unix_socket_directories')).toBe('')
  await ask(first.url, 'CREATE TABLE kept (a int)')
  expect(fs.statSync(path.join(dir, '.password')).mode & 0o077).toBe(0)

  const second = await startPostgres({ dir, fast: true })
  expect(second).toMatchObject({ reused: true, url: first.url })
  expect(await stopAbandoned(dir)).toBe(false)
  await first.stop()
  await expect(ask(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  await second.stop()

  const third = await startPostgres({ dir, fast: true })
  expect(third.reused).toBe(false)
  expect(await ask(third.url, 'SELECT count(*) FROM kept')).toBe('0')
  await third.stop()
})

test('one that its starter left behind is taken over, and stopped', async () => {
  fs.chmodSync(folder, 0o755)
  const dir = path.join(folder, 'data')
  const left = await startPostgres({ dir, fast: true })
  // The largest process id there can be: nobody has it.
  fs.writeFileSync(path.join(dir, '.starter'), '4194304')
  const taken = await startPostgres({ dir })
  expect(taken).toMatchObject({ reused: true, url: left.url })
  await taken.stop()
  await expect(ask(left.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
})

test('two starts of a folder at the same moment share one server', async () => {
  fs.chmodSync(folder, 0o755)
  const dir = path.join(folder, 'data')
  const [one, other] = await Promise.all([
    startPostgres({ dir, fast: true }),
    startPostgres({ dir, fast: true }),
  ])
  expect([one.reused, other.reused].sort()).toEqual([false, true])
  expect(other.url).toBe(one.url)
  await Promise.all([one.stop(), other.stop()])
})

test('one that another living process started is used, and left running', async () => {
  fs.chmodSync(folder, 0o755)
  const dir = path.join(folder, 'data')
  const theirs = await startPostgres({ dir, fast: true })
  fs.writeFileSync(path.join(dir, '.starter'), String(process.ppid))
  const used = await startPostgres({ dir })
  await used.stop()
  expect(await ask(used.url, 'SELECT 1')).toBe('1')
  await theirs.stop()
})

test('a folder that only we can enter does', async () => {
  fs.chmodSync(folder, 0o700)
  const started = await startPostgres({ dir: path.join(folder, 'data'), fast: true })
  const used = await ask(started.url, 'SHOW data_directory')
  await started.stop()
  expect(fs.existsSync(path.join(used, 'PG_VERSION'))).toBe(true)
  fs.rmSync(used, { recursive: true })
})
