// `npm start`: the whole product, from a fresh clone, with one command.
import { prepare } from './lib/prepare.mjs'
import { foreground, serverArgs } from './lib/serve.mjs'

try {
  prepare()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
process.exitCode = await foreground(serverArgs)
