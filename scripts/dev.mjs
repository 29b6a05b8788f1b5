// `npm run dev`: server and client, both watching, on the embedded database. Open the address that Vite prints.
import { spawn } from 'node:child_process'
import { generatePrismaClient, installDependencies, root } from './lib/prepare.mjs'

installDependencies()
generatePrismaClient()

const env = {
  ...process.env,
  PORT: process.env.PORT ?? '3000',
  BASE_URL: process.env.BASE_URL ?? 'http://localhost:5173',
}
const programs = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/main.ts'],
  ['node_modules/vite/bin/vite.js'],
]
const children = programs.map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env }))

function stop(signal) {
  for (const child of children) child.kill(signal)
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal))
for (const child of children) child.once('exit', () => stop('SIGTERM'))
