import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { canReach, postgresBin, program, type RunAs, unprivileged } from './postgres-binaries.ts'
import { withStartLock } from './start-lock.ts'

export interface EmbeddedPostgres {
  /** Of its superuser. */
  url: string
  /** True when an earlier start of the same folder was still running. */
  reused: boolean
  /** Stops it, unless another living process of ours started it. */
  stop(): Promise<void>
}

interface Place {
  dir: string
  bin: string
  runAs: RunAs
}

// Durability is off for tests only: their data is thrown away.
const fastSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']

// It shares a machine with us, and often a small one. Many short writes: a checkpoint now and then rather than always,
// as each page is written whole the first time after one, and compressed. Nothing here takes from durability.
const settings = [
  ...['unix_socket_directories=', 'max_connections=200'],
  ...['shared_buffers=256MB', 'wal_buffers=16MB', 'max_wal_size=2GB', 'min_wal_size=256MB'],
  ...['checkpoint_timeout=15min', 'wal_compression=on', 'jit=off'],
  // Tables that only grow: their statistics and visibility are brought up to date sooner, in smaller pieces.
  ...[
    'autovacuum_naptime=20s',
    'autovacuum_vacuum_insert_scale_factor=0.05',
    'autovacuum_analyze_scale_factor=0.05',
  ],
]

/** Starts (or finds running) a PostgreSQL whose data is in `dir`, for this machine only. */
export async function startPostgres(about: {
  dir: string
  fast?: boolean
  /** Any free one, unless it has to be found where it was. */
  port?: number
}): Promise<EmbeddedPostgres> {
  const runAs = unprivileged()
  const place = { bin: postgresBin(runAs), dir: usableFolder(path.resolve(about.dir), runAs), runAs }
  // One after the other: the first makes the folder and starts its server, the others find it.
  return withStartLock(`${place.dir}.starting`, () =>
    startOrFind(place, { fast: about.fast === true, port: about.port }),
  )
}

async function startOrFind(place: Place, about: { fast: boolean; port?: number }): Promise<EmbeddedPostgres> {
  if (!fs.existsSync(path.join(place.dir, 'PG_VERSION'))) initialise(place)
  const running = await findRunning(place)
  if (running) return running
  const port = about.port ?? (await freePort())
  const child = launch(place, port, about.fast)
  try {
    await ready(place, child)
  } catch (error) {
    // Somebody else may have started the same folder by another way than this.
    const other = await findRunning(place)
    if (other) return other
    throw error
  }
  writePrivately(starterFile(place), String(process.pid))
  return { url: urlOf(place, port), reused: false, stop: () => stop(place, child.pid) }
}

/** Stops the PostgreSQL of a folder if whoever started it is gone. False when it is in use. */
export async function stopAbandoned(dir: string): Promise<boolean> {
  const starter = Number(readIfThere(path.join(dir, '.starter')) ?? 0)
  if (starter > 0 && isAlive(starter)) return false
  const runAs = unprivileged()
  await stop({ dir, runAs, bin: postgresBin(runAs) }, postmaster(dir)?.pid)
  return true
}

function usableFolder(wanted: string, runAs: RunAs): string {
  let dir = wanted
  fs.mkdirSync(dir, { recursive: true })
  if (!canReach(runAs, path.dirname(dir))) {
    const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
    dir = path.join('/var/lib/trama', name)
    fs.mkdirSync(dir, { recursive: true })
  }
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    fs.chownSync(dir, runAs.uid, runAs.gid)
    fs.chmodSync(dir, 0o700)
  }
  return dir
}

function initialise({ dir, bin, runAs }: Place): void {
  const password = randomBytes(24).toString('base64url')
  const passwordFile = `${dir}.initial-password`
  writePrivately(passwordFile, password)
  if (runAs.uid !== undefined && runAs.gid !== undefined) fs.chownSync(passwordFile, runAs.uid, runAs.gid)
  // The builtin locale makes sorting the same on every operating system.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const made = spawnSync(program(bin, 'initdb'), ['-D', dir, ...access, ...locale, '--no-instructions'], {
    ...runAs,
    encoding: 'utf8',
  })
  fs.rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  writePrivately(path.join(dir, '.password'), password)
}

function launch({ dir, bin, runAs }: Place, port: number, fast: boolean): ChildProcess {
  const all = [...settings, ...(fast ? fastSettings : [])]
  const args = ['-D', dir, '-p', String(port), '-h', '127.0.0.1', ...all.flatMap((one) => ['-c', one])]
  const log = fs.openSync(logFile(dir), 'w', 0o600)
  // Detached: Ctrl-C in a terminal goes to the whole group, and the database must outlive our own shutdown.
  const child = spawn(program(bin, 'postgres'), args, {
    ...runAs,
    stdio: ['ignore', log, log],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  fs.closeSync(log)
  child.unref()
  return child
}

async function ready({ dir }: Place, child: ChildProcess): Promise<void> {
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const isOurs = (found: ReturnType<typeof postmaster>) => found?.ready === true && found.pid === child.pid
  while (!isOurs(postmaster(dir))) {
    if (failure) throw failure
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`PostgreSQL did not start:\n${fs.readFileSync(logFile(dir), 'utf8').slice(-4000)}`)
    }
    await sleep(10)
  }
}

async function findRunning(place: Place): Promise<EmbeddedPostgres | undefined> {
  const found = await started(place)
  if (!found || !isAlive(found.pid)) return undefined
  const url = urlOf(place, found.port)
  // The process id may be another program's by now: only an answer to our password counts.
  if (!(await answers(url))) return undefined
  const starter = Number(readIfThere(starterFile(place)) ?? 0)
  const othersUseIt = starter !== process.pid && starter > 0 && isAlive(starter)
  if (!othersUseIt) writePrivately(starterFile(place), String(process.pid))
  return { url, reused: true, stop: async () => (othersUseIt ? undefined : stop(place, found.pid)) }
}

/** The server of the folder; one that somebody else is just starting is waited for. */
async function started({ dir }: Place): Promise<ReturnType<typeof postmaster>> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = postmaster(dir)
    if (!found || found.ready || !isAlive(found.pid)) return found
    await sleep(50)
  }
  return undefined
}

async function answers(url: string): Promise<boolean> {
  // A server that is still recovering refuses for a moment.
  for (let tries = 0; tries < 100; tries += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    try {
      await client.connect()
      return true
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === '57P03')) return false
    } finally {
      await client.end().catch(() => undefined)
    }
    await sleep(100)
  }
  return false
}

async function stop({ dir, bin }: Place, pid: number | undefined): Promise<void> {
  if (pid === undefined || !isAlive(pid)) return
  if (process.platform === 'win32') spawnSync(program(bin, 'pg_ctl'), ['stop', '-D', dir, '-m', 'fast'])
  // SIGINT is PostgreSQL's "fast" shutdown: it ends the sessions and writes everything down.
  else process.kill(pid, 'SIGINT')
  while (isAlive(pid) && postmaster(dir)?.pid === pid) await sleep(10)
}

function postmaster(dir: string): { pid: number; port: number; ready: boolean } | undefined {
  const lines = readIfThere(path.join(dir, 'postmaster.pid'))?.split('\n')
  if (!lines?.[3]) return undefined
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

function urlOf({ dir }: Place, port: number): string {
  const password = fs.readFileSync(path.join(dir, '.password'), 'utf8')
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A port that is free now, from the kernel: a fixed one may be taken, or lie in the range of outgoing connections. */
export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('The system gave no port')
  return address.port
}

const logFile = (dir: string): string => path.join(dir, 'trama.log')
const starterFile = ({ dir }: Place): string => path.join(dir, '.starter')
const writePrivately = (file: string, text: string): void => fs.writeFileSync(file, text, { mode: 0o600 })

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
