import type { Failure } from '../kit/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '../kit/json.ts'
import type { NodeKey } from './document.ts'
import type { Root } from './expression/ast.ts'
import { lendElements } from './expression/elements.ts'
import type { Graph } from './graph.ts'
import { elementOf } from './lineage/element.ts'
import { isTry } from './scopes.ts'
import { stepName, undoPrefix } from './step-name.ts'

/** What is known of one visit to one node. */
export type Visit =
  | { status: 'finished'; port: string; output: Json }
  | { status: 'failed'; failure: Failure }
  /** `caught`: of a *try* whose body failed. */
  | { status: 'opened'; items: readonly Json[]; caught?: { failure: Failure; step: string } }
  | { status: 'started' | 'interrupted' | 'waiting' | 'held' | 'suspended' }

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
  /** The step's name: `fetch`, `each[2].send`, `send[3]`, `undo(charge).refund`. */
  step: string
}

/** The names an expression may read, with their values. Absent: `item` and `index` outside of any list. */
export type Scope = Readonly<Partial<Record<Root, Json>>>

/** What an expression of a step reads: its own scope's steps upstream, and those around the frames it is in. */
export function scopeOf(about: ScopeAbout & { facts: RunFacts; now: () => string }): Scope {
  return new StepScope(about)
}

/** Finds what is read when it is read: most expressions name one or two of these. */
class StepScope implements Scope {
  readonly vars: JsonObject = {}
  readonly #about: Parameters<typeof scopeOf>[0]
  #place: Place | undefined
  #steps: JsonObject | undefined

  constructor(about: Parameters<typeof scopeOf>[0]) {
    this.#about = about
  }

  get trigger() {
    return this.#about.facts.trigger
  }
  get run() {
    return this.#about.facts.run
  }
  get workflow() {
    return this.#about.facts.workflow
  }
  get tenant() {
    return this.#about.facts.tenant
  }
  get now() {
    return this.#about.now()
  }
  get input() {
    return inputOf(this.#about)
  }
  get item() {
    return this.#around.item
  }
  get index() {
    return this.#around.index
  }
  get steps() {
    this.#steps ??= stepsBefore(this.#about, this.#around)
    return this.#steps
  }

  get #around(): Place {
    this.#place ??= placeOf(this.#about)
    return this.#place
  }
}

function stepsBefore(about: Parameters<typeof scopeOf>[0], { levels, undone }: Place): JsonObject {
  const { graph, visits } = about
  const steps: JsonObject = {}
  for (const [at, { prefix, key }] of levels.entries()) {
    const inScope = visits.at(prefix)
    const frame = levels[at - 1]
    for (const earlier of upstream(graph, key)) {
      // What catches in a *try* comes after the frame it is in.
      const visit = earlier === frame?.key ? visits.at(frame.prefix)?.get(earlier) : inScope?.get(earlier)
      const value = givenBy(visit)
      if (value !== undefined) steps[earlier] = value
    }
  }
  // Of a node that repeats this is the one element that is undone.
  if (undone) steps[undone.key] = undone.output
  lendElements(steps, (key) => elementOf(lineageOf(about), key))
  return steps
}

function lineageOf(about: Parameters<typeof scopeOf>[0]) {
  const visitAt = (prefix: string, key: NodeKey) => about.visits.at(prefix)?.get(key)
  return {
    graph: about.graph,
    step: about.step,
    list(prefix: string, key: NodeKey) {
      const given = givenBy(visitAt(prefix, key))
      return Array.isArray(given) ? given : undefined
    },
    items(prefix: string, key: NodeKey) {
      const visit = visitAt(prefix, key)
      return visit?.status === 'opened' ? visit.items : undefined
    },
    port: (prefix: string, key: NodeKey) => portOf(visitAt(prefix, key)),
    scope: (step: string) => scopeOf({ ...about, step }),
  }
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
  const { trigger, run, workflow, tenant, input, vars, now } = before
  return { trigger, run, workflow, tenant, steps, input, item: output, index, vars, now }
}

/**
 * What the wire delivers: the output of the step before; where several wires were taken, an object by node key.
 * The first steps of a frame's body get the element; of a *try* what the frame itself got, and of what catches, why.
 */
export function inputOf(about: ScopeAbout): Json {
  const { levels, item, undone } = placeOf(about)
  const own = levels.at(-1)
  if (!own) return null
  const ways = about.graph.into(own.key)
  if (ways.length === 0) {
    if (undone && about.graph.undoes(own.key) !== undefined) return undone.output
    const frame = levels.at(-2)
    if (!frame || about.graph.nodes.get(own.key)?.parent !== frame.key) return null
    return isTry(about.graph.nodes.get(frame.key)) ? inputInTry(about, { own, frame }) : (item ?? null)
  }
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

/** What comes last gets null unless something failed: it tidies up, whatever the frame gives. */
function inputInTry(about: ScopeAbout, { own, frame }: { own: Level; frame: Level }): Json {
  if (about.graph.sectionOf(own.key) === 'body')
    return inputOf({ ...about, step: `${frame.prefix}${frame.key}` })
  return givenBy(about.visits.at(frame.prefix)?.get(frame.key)) ?? null
}

/** What a step that failed delivers through its error port, and a *try* to what catches: there with the `step` that failed. */
export function errorOutput({ code, message }: Failure, step?: string): JsonObject {
  return { error: { code, message, ...(step === undefined ? {} : { step }) } }
}

const cache = new WeakMap<Graph, Map<NodeKey, ReadonlySet<NodeKey>>>()

/** Every node that comes before this one, in its own scope. */
function upstream(graph: Graph, key: NodeKey): ReadonlySet<NodeKey> {
  const known = cache.get(graph) ?? new Map<NodeKey, ReadonlySet<NodeKey>>()
  cache.set(graph, known)
  const before = known.get(key)
  if (before) return before
  const found = new Set(graph.before(key))
  for (const one of found) for (const from of graph.before(one)) found.add(from)
  known.set(key, found)
  return found
}

const portOf = (visit: Visit | undefined) =>
  visit?.status === 'finished' ? visit.port : visit?.status === 'failed' ? 'error' : undefined

function givenBy(visit: Visit | undefined): Json | undefined {
  if (visit?.status === 'finished') return visit.output
  if (visit?.status === 'failed') return errorOutput(visit.failure)
  if (visit?.status === 'opened' && visit.caught) return errorOutput(visit.caught.failure, visit.caught.step)
  return undefined
}

interface Level {
  prefix: string
  key: NodeKey
}

interface Place {
  levels: Level[]
  item?: Json | undefined
  index?: number | undefined
  undone?: { key: NodeKey; output: Json } | undefined
}

/** The scopes a step is in, outermost first, each with the node it passes through; its innermost element; what it undoes. */
function placeOf({ graph, step, visits }: ScopeAbout): Place {
  const name = stepName(step)
  const around = name.undone === undefined ? undefined : placesOf({ graph, visits, step: name.undone })
  const inside = placesOf({ graph, visits, step, start: name.undone && undoPrefix(name.undone) })
  if (!around) return inside
  const last = around.levels.at(-1)
  // The browser knows an element of a repeating node by its name only.
  const element = last && visits.at(last.prefix)?.get(around.own.slice(last.prefix.length, -1))
  const output = last && (givenBy(visits.at(around.own)?.get(last.key)) ?? givenBy(element))
  return {
    levels: [...around.levels, ...inside.levels],
    item: inside.item ?? around.item,
    index: inside.index ?? around.index,
    ...(last && output !== undefined ? { undone: { key: last.key, output } } : {}),
  }
}

function placesOf({ graph, step, visits, start = '' }: ScopeAbout & { start?: string }) {
  const levels: Level[] = []
  let prefix = start
  /** The scope that holds the step itself: of an element of a repeating node, that element's. */
  let own = start
  let item: Json | undefined
  let index: number | undefined
  for (const { key, index: at } of stepName(step).parts) {
    levels.push({ prefix, key })
    own = at === undefined ? prefix : `${prefix}${key}[${at}].`
    // What is inside a *try* is not inside a list.
    if (at !== undefined && !isTry(graph.nodes.get(key))) {
      index = at
      const around = visits.at(prefix)?.get(key)
      item = around?.status === 'opened' ? around.items[at] : undefined
    }
    prefix = own
  }
  return { levels, item, index, own, undone: undefined }
}
