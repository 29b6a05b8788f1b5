// `npm run bench`: how fast it is, durability on, beside a raw bound measured in the same run. `-- --json` for machines,
// `-- --seconds 10` for steadier figures. See docs/performance.md.
import { prepare } from './lib/prepare.mjs'
import { start, whenTold } from './lib/serve.mjs'

prepare()
const bench = start([
  '--import',
  './scripts/lib/typescript.mjs',
  'scripts/bench/main.mjs',
  ...process.argv.slice(2),
])
whenTold((signal) => bench.kill(signal))
bench.once('exit', (code) => {
  process.exitCode = code ?? 1
})
