import type { Means } from '#nodes/kit/means.ts'
import { filesFor } from './means/files.ts'
import { mailFor } from './means/mail.ts'
import { memoryFor } from './means/memory.ts'
import { modelFor } from './means/model.ts'
import { sqlFor } from './means/sql.ts'
import { stateFor } from './means/state.ts'
import type { StepAbout } from './means/step-about.ts'

/** What comes of the run itself: its records, its questions, its tools. */
export type RunMeans = Pick<Means, 'step' | 'ask' | 'call' | 'tools' | 'stream'>

/** Everything one attempt at a step may use besides its parameters and HTTP. */
export function stepMeans(about: StepAbout, ofRun: RunMeans): Means {
  return {
    ...ofRun,
    model: modelFor(about),
    files: filesFor(about),
    state: stateFor(about),
    memory: memoryFor(about),
    mail: mailFor(about),
    sql: sqlFor(about),
    connection: about.node.connection,
    here: { node: about.node.key, outside: about.outside },
  }
}
