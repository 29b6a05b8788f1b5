// `npm run dev`: server and client, both watching, on the embedded database. Open the address Vite prints.
import { spawn } from 'node:child_process'
import { generatePrismaClient, installDependencies, root } from './lib/prepare.mjs'
import { serverArgs } from './lib/serve.mjs'

installDependencies()
generatePrismaClient()

const port = process.env.PORT ?? '3000'
const env = { ...process.env, PORT: port, BASE_URL: process.env.BASE_URL ?? 'http://localhost:5173' }
const [, , ...tail] = serverArgs
const children = [
  spawn(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', ...tail.slice(0)],
    { cwd: root, stdio: 'inherit', env },
  ),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js'], { cwd: root, stdio: 'inherit', env }),
]
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => children.forEach((child) => child.kill(signal)))
for (const child of children) child.once('exit', () => children.forEach((other) => other.kill('SIGTERM')))
