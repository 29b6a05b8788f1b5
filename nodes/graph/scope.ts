import type { Failure } from '../kit/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '../kit/json.ts'
import type { NodeKey } from './document.ts'
import type { Graph } from './graph.ts'

/** What is known of one visit to one node. */
export type Visit =
  | { status: 'finished'; port: string; output: Json }
  | { status: 'failed'; failure: Failure }
  | { status: 'opened'; items: readonly Json[] }
  | { status: 'started' | 'interrupted' | 'waiting' | 'suspended' }

/** The visits of a run, by scope: '' is the outermost, `each[2].` the third iteration of `each`. */
export interface Visits {
  at(prefix: string): { get(key: NodeKey): Visit | undefined } | undefined
}

/** For the browser, which knows a run's steps by their names (`each[2].send`). */
export const visitsOf = (steps: ReadonlyMap<string, Visit>): Visits => ({
  at: (prefix) => ({ get: (key) => steps.get(prefix + key) }),
})

/** The same for all steps of a run. */
export interface RunFacts {
  trigger: Json
  run: { id: string; startedAt: string; startedBy: string }
  workflow: { id: string; name: string; version: number | null }
  tenant: { id: string; name: string; slug: string }
}

export interface ScopeAbout {
  graph: Graph
  visits: Visits
  /** The step's name: `fetch`, `each[2].send`, `send[3]`. */
  step: string
}

/** The names an expression may read, with their values. Absent: `item` and `index` outside of any list. */
export type Scope = Readonly<Record<string, Json | undefined>>

/** What an expression of a step reads: its own scope's steps upstream, and those around the frames it is in. */
export function scopeOf(about: ScopeAbout & { facts: RunFacts; now: string }): Scope {
  const { facts, now } = about
  const { levels, item, index } = placeOf(about)
  const steps: JsonObject = {}
  for (const { prefix, key } of levels) {
    const visits = about.visits.at(prefix)
    for (const earlier of upstream(about.graph, key)) {
      const value = givenBy(visits?.get(earlier))
      if (value !== undefined) steps[earlier] = value
    }
  }
  return { ...facts, steps, input: inputOf(about), item, index, vars: {}, now }
}

/** What a frame that goes round asks after a round reads: all of that round, and what it gave as `item`. */
export function scopeAfterRound(
  about: Parameters<typeof scopeOf>[0] & { index: number; output: Json },
): Scope {
  const { graph, visits, step, index, output } = about
  const before = scopeOf(about)
  const steps: JsonObject = isJsonObject(before.steps) ? { ...before.steps } : {}
  const frame = placeOf(about).levels.at(-1)?.key
  const round = visits.at(`${step}[${index}].`)
  for (const { key } of frame === undefined ? [] : graph.children(frame)) {
    const value = givenBy(round?.get(key))
    if (value !== undefined) steps[key] = value
  }
  return { ...before, steps, item: output, index }
}

/**
 * What the wire delivers: the output of the step before; where several wires were taken, an object by node key.
 * The first steps of a frame's body get the element.
 */
export function inputOf(about: ScopeAbout): Json {
  const { levels, item } = placeOf(about)
  const own = levels.at(-1)
  if (!own) return null
  const ways = about.graph.into(own.key)
  if (ways.length === 0) return levels.length > 1 ? (item ?? null) : null
  const visits = about.visits.at(own.prefix)
  const taken = new Map<NodeKey, Json>()
  for (const { from, port } of ways) {
    const visit = visits?.get(from)
    const value = portOf(visit) === port ? givenBy(visit) : undefined
    if (value !== undefined) taken.set(from, value)
  }
  if (taken.size > 1) return Object.fromEntries(taken)
  return [...taken.values()][0] ?? null
}

/** What a step that failed delivers through its error port. */
export function errorOutput({ code, message }: Failure): JsonObject {
  return { error: { code, message } }
}

const cache = new WeakMap<Graph, Map<NodeKey, ReadonlySet<NodeKey>>>()

/** Every node from which wires lead to this one, in its own scope. */
function upstream(graph: Graph, key: NodeKey): ReadonlySet<NodeKey> {
  const known = cache.get(graph) ?? new Map<NodeKey, ReadonlySet<NodeKey>>()
  cache.set(graph, known)
  const before = known.get(key)
  if (before) return before
  const found = new Set(graph.into(key).map(({ from }) => from))
  for (const one of found) for (const { from } of graph.into(one)) found.add(from)
  known.set(key, found)
  return found
}

const portOf = (visit: Visit | undefined) =>
  visit?.status === 'finished' ? visit.port : visit?.status === 'failed' ? 'error' : undefined

const givenBy = (visit: Visit | undefined) =>
  visit?.status === 'finished'
    ? visit.output
    : visit?.status === 'failed'
      ? errorOutput(visit.failure)
      : undefined

/** The scopes a step is in, outermost first, each with the node it passes through; and its innermost element. */
function placeOf({ step, visits }: ScopeAbout) {
  const levels: { prefix: string; key: NodeKey }[] = []
  let prefix = ''
  let item: Json | undefined
  let index: number | undefined
  for (const part of step.split('.')) {
    const bracket = part.indexOf('[')
    const key = bracket < 0 ? part : part.slice(0, bracket)
    levels.push({ prefix, key })
    if (bracket >= 0) {
      index = Number(part.slice(bracket + 1, -1))
      const around = visits.at(prefix)?.get(key)
      item = around?.status === 'opened' ? around.items[index] : undefined
    }
    prefix += `${part}.`
  }
  return { levels, item, index }
}
