import { fail } from './failure.ts'
import type { Means } from './means.ts'

const absent = (name: string) => () => {
  throw fail('not_available', `There is no ${name} here.`)
}

/** Nothing but the step itself: sub-steps are done at once and not recorded, everything else is refused. For examples and tests. */
export const noMeans: Means = {
  step: async (_about, work) => {
    const { output } = await work({ idempotencyKey: 'example', signal: new AbortController().signal })
    return output
  },
  ask: absent('person to ask'),
  call: absent('other workflow'),
  model: absent('model'),
  tools: [],
  stream: () => {},
  files: { read: absent('file'), write: absent('place for files') },
  state: { get: absent('state'), set: absent('state'), add: absent('state'), remove: absent('state') },
  memory: { read: absent('memory'), append: absent('memory') },
  mail: { send: absent('mail'), compose: absent('mail') },
  sql: { query: absent('database'), tables: absent('database') },
  connection: undefined,
  here: { node: 'step', outside: () => false },
}
