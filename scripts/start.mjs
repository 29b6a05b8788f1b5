// `npm start`: the whole product, from a fresh clone, with one command.
import { prepare } from './lib/prepare.mjs'
import { serverArgs, start, whenTold } from './lib/serve.mjs'

try {
  prepare()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const server = start(serverArgs)
whenTold((signal) => server.kill(signal))
server.once('exit', (code) => {
  process.exitCode = code ?? 1
})
