import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

// The real thing: a process with its embedded database, on a port of the kernel's choice.

const root = path.resolve(import.meta.dirname, '..')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-main-'))
// The database server runs as another user when we are root.
fs.chmodSync(folder, 0o755)
const login = { email: 'ada@example.com', password: 'correct horse battery' }
const given = {
  PORT: '0',
  TRAMA_DATA: folder,
  TRAMA_OWNER_EMAIL: login.email,
  TRAMA_OWNER_PASSWORD: login.password,
  TRAMA_TENANT: 'Acme',
  TRAMA_API_KEY: `trama_${'m'.repeat(43)}`,
}

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  fs.rmSync(folder, { recursive: true, force: true })
})

function launch(env: Record<string, string>) {
  // Not the test runner's own variables: it sets BASE_URL and NODE_ENV for its purposes.
  const { PATH = '', HOME = '' } = process.env
  const args = ['--import', './scripts/lib/typescript.mjs', '--disable-proto=delete', 'server/main.ts']
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const program = { child, output: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      program.output += text
    })
  return program
}

async function started(env: Record<string, string>) {
  const program = launch(env)
  const ended = once(program.child, 'exit')
  for (;;) {
    const [, url] = /Trama is at (\S+)/.exec(program.output) ?? []
    if (url) return { ...program, url, ended }
    const more = once(program.child.stdout ?? program.child, 'data')
    const [code] = await Promise.race([more, ended])
    if (typeof code === 'number') throw new Error(`It ended with ${code}:\n${program.output}`)
  }
}

/** The database server that the folder's last start used. */
function postgresPid(): number {
  const file = path.join(folder, 'postgres', 'postmaster.pid')
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : 0
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('starts, answers, and on Ctrl-C stops everything it started; and again, with what it knew', {
  timeout: 180_000,
}, async () => {
  const first = await started(given)
  expect(first.output).toContain('The first owner signs in as ada@example.com')
  expect(first.output).not.toContain(login.password)
  const health = await fetch(`${first.url}/api/health`)
  expect(await health.json()).toMatchObject({ ok: true })

  const signIn = await fetch(`${first.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.url },
    body: JSON.stringify(login),
  })
  expect(signIn.status).toBe(200)
  const cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const list = await fetch(`${first.url}/api/trpc/acme/workflows.list`, { headers: { cookie } })
  const { result } = await list.json()
  expect(result.data.items.map(({ name }: { name: string }) => name)).toHaveLength(3)

  const order = await fetch(`${first.url}/hooks/acme/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sku: 'mug', quantity: 2 }),
  })
  expect([order.status, await order.json()]).toEqual([
    200,
    expect.objectContaining({ accepted: true, total: 24 }),
  ])

  // A second one on the same port says so, and starts nothing it leaves behind.
  const late = launch({ ...given, PORT: new URL(first.url).port, TRAMA_DATA: folder })
  const [code] = await once(late.child, 'exit')
  expect([code, late.output]).toEqual([1, expect.stringContaining('Another program has the port')])

  const database = postgresPid()
  expect(isAlive(database)).toBe(true)
  first.child.kill('SIGINT')
  expect(await first.ended).toEqual([0, null])
  // It has let go of its data; the process itself is gone a moment later.
  await expect.poll(() => isAlive(database), { timeout: 10_000 }).toBe(false)
  await expect(fetch(`${first.url}/api/health`)).rejects.toThrow()

  const second = await started(given)
  expect(second.output).not.toContain('first owner')
  const runs = await fetch(`${second.url}/api/v1/runs`, {
    headers: { authorization: `Bearer ${given.TRAMA_API_KEY}` },
  })
  expect((await runs.json()).items).toMatchObject([{ workflowName: 'Answer orders', status: 'succeeded' }])
  second.child.kill('SIGTERM')
  expect(await second.ended).toEqual([0, null])
})

test('says what is wrong with the environment, all of it, and starts nothing', async () => {
  const broken = launch({ ...given, PORT: 'many', BASE_URL: 'here' })
  const [code] = await once(broken.child, 'exit')
  expect(code).toBe(1)
  expect(broken.output).toContain('PORT')
  expect(broken.output).toContain('BASE_URL')
})

test('a port is asked for in vain where another program has it', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const data = path.join(folder, 'other')
  const late = launch({ ...given, PORT: String(Object(address).port), TRAMA_DATA: data })
  const [code] = await once(late.child, 'exit')
  other.close()
  expect([code, late.output]).toEqual([1, expect.stringContaining('choose another with PORT=')])
  expect(fs.existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false)
}, 120_000)
