// `npm run check`: the quick one, before each push.
import { generatePrismaClient, installDependencies } from './lib/prepare.mjs'
import { runSuites } from './lib/suites.mjs'

installDependencies()
generatePrismaClient()
runSuites(['types', 'lint', 'deadCode', 'unit'])
