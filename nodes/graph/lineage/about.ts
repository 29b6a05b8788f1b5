import type { Json } from '../../kit/json.ts'
import type { NodeKey } from '../document.ts'
import type { Scope } from '../expression/interpreter.ts'
import type { Graph } from '../graph.ts'
import { isTry } from '../scopes.ts'
import { stepName, undoPrefix } from '../step-name.ts'

/** What lineage must know of a run. */
export interface LineageAbout {
  graph: Graph
  /** The step that asks. */
  step: string
  /** What a node gave in a scope; undefined when it has not, or gave no list. */
  list(prefix: string, key: NodeKey): readonly Json[] | undefined
  /** The list that a frame or a repeating node walks. */
  items(prefix: string, key: NodeKey): readonly Json[] | undefined
  /** The way a node was left by. */
  port(prefix: string, key: NodeKey): string | undefined
  /** What the expressions of a step read. */
  scope(step: string): Scope
}

/** A node in one scope of a run. */
export interface At {
  prefix: string
  key: NodeKey
}

/** The scopes a step is in, outermost first, each with the node it passes through and the element it is for. */
export function placesOf(graph: Graph, step: string): (At & { index?: number })[] {
  const { undone, parts } = stepName(step)
  const places: (At & { index?: number })[] = undone === undefined ? [] : placesOf(graph, undone)
  let prefix = undone === undefined ? '' : undoPrefix(undone)
  for (const { key, index } of parts) {
    const isList = index !== undefined && !isTry(graph.nodes.get(key))
    places.push({ prefix, key, ...(isList ? { index } : {}) })
    prefix += index === undefined ? `${key}.` : `${key}[${index}].`
  }
  return places
}

/** Where a node stands, as seen from a step: in the step's own scope or in one around it. */
export function seenFrom(graph: Graph, { step, key }: { step: string; key: NodeKey }): At | undefined {
  const parent = graph.nodes.get(key)?.parent
  const place = placesOf(graph, step).findLast((one) => graph.nodes.get(one.key)?.parent === parent)
  return place && graph.nodes.has(key) ? { prefix: place.prefix, key } : undefined
}
