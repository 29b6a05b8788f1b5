import { spawn } from 'node:child_process'
import { root } from './prepare.mjs'

/** Arguments with which Node runs the server's TypeScript. */
export const serverArgs = [
  '--import',
  './scripts/lib/typescript.mjs',
  '--disable-proto=delete',
  'server/main.ts',
]

/** Runs a command until it ends or we are told to stop; gives its exit code. */
export function foreground(args, { env = process.env } = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env })
  // A terminal sends Ctrl-C to the child as well; anyone else tells only us.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0))))
}
