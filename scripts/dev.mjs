// `npm run dev`: server and client, both watching, on the embedded database. Open the address that Vite prints.
import { generatePrismaClient, installDependencies } from './lib/prepare.mjs'
import { start, whenTold } from './lib/serve.mjs'

installDependencies()
generatePrismaClient()

const env = {
  ...process.env,
  PORT: process.env.PORT ?? '3000',
  BASE_URL: process.env.BASE_URL ?? 'http://localhost:5173',
}
const programs = [
  start(['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/main.ts'], env),
  start(['node_modules/vite/bin/vite.js'], env),
]
// Once: a second signal would make the watcher kill the server before it has stopped its database.
const stop = whenTold((signal) => {
  for (const program of programs) program.kill(signal)
})
for (const program of programs) program.once('exit', () => stop('SIGTERM'))
