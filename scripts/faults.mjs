// `npm run faults`: real processes under load, hurt in every way we know, and a checker that reads what became of it all.
// `-- --kills 20 --seconds 60` for a short one. See docs/reliability.md.
import { prepare } from './lib/prepare.mjs'
import { start, whenTold } from './lib/serve.mjs'

prepare()
const faults = start([
  '--import',
  './scripts/lib/typescript.mjs',
  'scripts/faults/main.ts',
  ...process.argv.slice(2),
])
whenTold((signal) => faults.kill(signal))
faults.once('exit', (code) => {
  process.exitCode = code ?? 1
})
