// Brings a fresh clone, or one that changed, to where the server can start. Only Node's own modules: it runs before `npm ci`.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
const at = (...parts) => path.join(root, ...parts)

/** Runs a command in the project's folder with its output shown; throws when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
}

/** Runs a package's program with this very Node, so that nothing depends on PATH. */
export function bin(name, args, options) {
  run(process.execPath, [at('node_modules', ...bins[name]), ...args], options)
}

const bins = {
  prisma: ['prisma', 'build', 'index.js'],
  vite: ['vite', 'bin', 'vite.js'],
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(fs.readFileSync(at(file)))
  return hash.digest('hex')
}

function filesUnder(folder) {
  return fs
    .readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort()
}

/** Does the work unless the stamp says it was done for exactly these files. */
function once(stamp, files, work) {
  const now = digest(files)
  const file = at(stamp)
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === now) return
  work()
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, now)
}

export function installDependencies() {
  once('node_modules/.trama-stamp', ['package.json', 'package-lock.json'], () => {
    console.log('Installing dependencies (npm ci) …')
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  })
}

export function generatePrismaClient() {
  once('server/db/generated/.stamp', ['prisma/schema.prisma'], () =>
    bin('prisma', ['generate', '--no-hints'], { stdio: 'ignore' }),
  )
}

export function buildClient() {
  const sources = ['client', 'nodes'].flatMap(filesUnder).concat('vite.config.ts', 'package-lock.json')
  once('dist/client/.stamp', sources, () => {
    console.log('Building the client …')
    bin('vite', ['build', '--logLevel', 'warn'])
  })
}

/** Everything the server needs. */
export function prepare() {
  installDependencies()
  generatePrismaClient()
  buildClient()
}
