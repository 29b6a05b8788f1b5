import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { freePort } from '../db/embedded-postgres.ts'

export interface TestRedis {
  url: string
  /** Absent where it is somebody else's. */
  pid?: number
  stop(): Promise<void>
}

interface Program {
  command: string
  env: NodeJS.ProcessEnv
}

const windows = process.platform === 'win32'
const names = ['redis-server', 'valkey-server', 'memurai'].map((name) => (windows ? `${name}.exe` : name))
const elsewhere = [
  '/usr/bin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/home/linuxbrew/.linuxbrew/bin',
  'C:\\Program Files\\Memurai',
  'C:\\Program Files\\Redis',
]
const howToInstall =
  'Redis was not found and could not be installed. Install it (Debian, Ubuntu: apt-get install redis-server; macOS: ' +
  'brew install redis; Windows: winget install Memurai.MemuraiDeveloper, or WSL) or set REDIS_URL.'

/**
 * A Redis to test with: REDIS_URL, else one on this machine, else one from apt. Throws what to do when there is none.
 * With `port` it is one of its own whatever REDIS_URL says: who asks for it means to hurt it.
 */
export async function startRedis(about: { dir: string; cache: string; port?: number }): Promise<TestRedis> {
  if (process.env.REDIS_URL && !about.port) return { url: process.env.REDIS_URL, stop: async () => undefined }
  const found = installed() ?? fromApt(about.cache)
  if (!found) throw new Error(howToInstall)
  fs.mkdirSync(about.dir, { recursive: true })
  const port = about.port ?? (await freePort())
  const settings = { bind: '127.0.0.1', save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' }
  const args = Object.entries({ port: String(port), dir: about.dir, ...settings })
  const child = spawn(
    found.command,
    args.flatMap(([name, value]) => [`--${name}`, value]),
    { env: found.env, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let log = ''
    child.stdout.on('data', (chunk) => {
      log += String(chunk)
      if (log.includes('Ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Redis ended with ${code}:\n${log}`)))
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function installed(): Program | undefined {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...elsewhere]
  const files = folders.flatMap((folder) => names.map((name) => path.join(folder, name)))
  const command = files.find((file) => fs.existsSync(file) && succeeds(file, ['--version']))
  return command ? { command, env: process.env } : undefined
}

function fromApt(cache: string): Program | undefined {
  if (process.platform !== 'linux' || !succeeds('apt-get', ['--version'])) return undefined
  return process.getuid?.() === 0 ? installedAsRoot() : unpacked(path.join(cache, 'redis'))
}

function installedAsRoot(): Program | undefined {
  // Keeps Debian from starting a service on 6379: we start our own.
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !fs.existsSync(policy)
  if (ours) fs.writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const install = [
    'install',
    '-y',
    '--no-install-recommends',
    '-o',
    'DPkg::Lock::Timeout=120',
    'redis-server',
  ]
  try {
    if (apt(install) || (apt(['update']) && apt(install))) return installed()
    return undefined
  } finally {
    if (ours) fs.rmSync(policy, { force: true })
  }
}

/** Without root: the packages (1.5 MB) are downloaded and unpacked. */
function unpacked(root: string): Program | undefined {
  const command = path.join(root, 'usr/bin/redis-server')
  // `redis-server` is a link to this file.
  if (!fs.existsSync(path.join(root, 'usr/bin/redis-check-rdb'))) {
    fs.mkdirSync(root, { recursive: true })
    const packages = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1']
    if (!apt(['download', ...packages], root)) return undefined
    for (const file of fs.readdirSync(root)) {
      if (file.endsWith('.deb')) spawnSync('dpkg', ['-x', file, '.'], { cwd: root })
    }
  }
  const lib = path.join(root, 'usr/lib')
  const libraries = fs.readdirSync(lib).map((folder) => path.join(lib, folder))
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(':') }
  return succeeds(command, ['--version'], env) ? { command, env } : undefined
}

function apt(args: string[], cwd?: string): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, cwd, stdio: 'ignore', timeout: 180_000 }).status === 0
}

function succeeds(command: string, args: string[], env = process.env): boolean {
  return spawnSync(command, args, { env, stdio: 'ignore', timeout: 5_000 }).status === 0
}
