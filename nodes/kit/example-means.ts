import { fail } from './failure.ts'
import type { Json, JsonObject } from './json.ts'
import type { Means, SqlReply, SqlTable, StateScope } from './means.ts'
import type { ModelReply, Tool } from './model.ts'
import { noMeans } from './no-means.ts'
import type { Answer, CallOutcome } from './sub-step.ts'

/** What an example's step finds around it, as a script. */
export interface ExampleMeans {
  /** What the model replies, in order. */
  models?: readonly Partial<ModelReply>[]
  /** Tools that always give the same. */
  tools?: readonly (Pick<Tool, 'name' | 'args'> & Partial<Tool> & { output: Json })[]
  /** What state holds before, by scope and key. */
  state?: Partial<Record<StateScope, JsonObject>>
  /** What is answered, by the name of the question. */
  answers?: Readonly<Record<string, Answer>>
  /** What calls of workflows come to, by name. */
  calls?: Readonly<Record<string, CallOutcome>>
  /** Mail that is taken and goes nowhere. */
  mail?: true
  /** A database with these tables, which answers every statement with these rows. */
  database?: { tables?: readonly SqlTable[]; rows?: SqlReply['rows'] }
}

const usage = {
  model: 'example',
  inputTokens: 100,
  outputTokens: 10,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costUsd: 0.001,
}

/** The means of an example; what is not scripted is refused. */
export function exampleMeans({
  answers = {},
  calls = {},
  models,
  tools = [],
  state,
  mail,
  database,
}: ExampleMeans): Means {
  return {
    ...noMeans,
    ask: async ({ name }) => scripted(answers, name),
    call: async ({ name }) => scripted(calls, name),
    ...(models ? { model: scriptedModel(models) } : {}),
    ...(state ? { state: scriptedState(state) } : {}),
    ...(mail ? { mail: scriptedMail } : {}),
    ...(database ? { sql: scriptedSql(database) } : {}),
    tools: tools.map(({ output, ...tool }) => ({
      node: tool.name,
      title: tool.name,
      description: tool.name,
      felt: false,
      pinned: true,
      call: async () => ({ output }),
      ...tool,
    })),
  }
}

function scripted<T>(script: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(script, name) ? script[name] : undefined
  if (found === undefined) throw fail('not_available', `The script says nothing of ${name}.`)
  return found
}

function scriptedModel(models: readonly Partial<ModelReply>[]): Means['model'] {
  let next = 0
  return async ({ onText }) => {
    const reply = models[next++]
    if (!reply) throw fail('not_available', 'The script has no further reply of a model.')
    const { text = '', calls = [] } = reply
    onText?.(text)
    return { text, calls, stop: calls.length > 0 ? 'tools' : 'end', usage, ...reply }
  }
}

function scriptedState(before: Partial<Record<StateScope, JsonObject>>): Means['state'] {
  const kept = new Map<string, Json>()
  const name = (scope: StateScope, key: string) => `${scope} ${key}`
  for (const scope of ['workflow', 'tenant'] as const)
    for (const [key, value] of Object.entries(before[scope] ?? {})) kept.set(name(scope, key), value)
  return {
    get: async ({ scope, key }) => kept.get(name(scope, key)),
    set: async ({ scope, key, value }) => {
      kept.set(name(scope, key), value)
    },
    add: async ({ scope, key, by }) => {
      const sum = Number(kept.get(name(scope, key)) ?? 0) + by
      kept.set(name(scope, key), sum)
      return sum
    },
    remove: async ({ scope, key }) => kept.delete(name(scope, key)),
  }
}

const scriptedMail: Means['mail'] = {
  send: async ({ to, cc = [], bcc = [] }) => ({
    messageId: '<example@trama>',
    accepted: [...to, ...cc, ...bcc],
    rejected: [],
  }),
  compose: async ({ subject }) => new TextEncoder().encode(`Subject: ${subject}\r\n\r\n`),
}

function scriptedSql({ tables = [], rows = [] }: NonNullable<ExampleMeans['database']>): Means['sql'] {
  return { query: async () => ({ rows, count: rows.length }), tables: async () => tables }
}
