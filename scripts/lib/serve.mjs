import { spawn, spawnSync } from 'node:child_process'
import { root } from './prepare.mjs'

/** Arguments with which Node runs the server's TypeScript. */
export const serverArgs = [
  '--import',
  './scripts/lib/typescript.mjs',
  '--disable-proto=delete',
  'server/main.ts',
]

/** Runs a program that stops when this one is told to. */
export function start(args, env = process.env) {
  return spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env })
}

/** Calls `stop` once, with the signal to pass on, when we are to end. */
export function whenTold(stop) {
  let told = false
  const tell = (signal) => {
    if (told) return
    told = true
    stop(signal)
  }
  // A terminal sends Ctrl-C to the children as well; anyone else tells only us.
  process.on('SIGINT', () => (process.stdin.isTTY ? undefined : tell('SIGINT')))
  process.on('SIGTERM', () => tell('SIGTERM'))
  whenNpmEnds(() => tell('SIGTERM'))
  return tell
}

/** npm ends on a signal without a word to its shell, or to us: we notice that we were left alone. */
function whenNpmEnds(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const shell = process.ppid
  const npm = Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(shell)], { encoding: 'utf8' }).stdout)
  setInterval(() => {
    if (process.ppid !== shell || (npm > 1 && !isAlive(npm))) stop()
  }, 500).unref()
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
