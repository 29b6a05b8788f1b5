// `npm test`: everything, from a fresh clone. `npm test -- unit e2e` runs only those parts.
import { prepare } from './lib/prepare.mjs'
import { runSuites, suites } from './lib/suites.mjs'

prepare()
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.hasOwn(suites, name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Choose among: ${Object.keys(suites).join(', ')}`)
  process.exit(2)
}
runSuites(chosen.length > 0 ? chosen : ['types', 'lint', 'deadCode', 'unit', 'server', 'e2e'])
