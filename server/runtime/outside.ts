import type { DocumentNode, NodeKey } from '#nodes/graph/document.ts'
import type { Graph } from '#nodes/graph/graph.ts'
import { around, upstreamOf } from '#nodes/graph/upstream.ts'
import type { FindDefinition } from './prepare.ts'

/** Starts that bring no words of anybody outside. */
const inside: readonly string[] = ['manual', 'schedule']

/**
 * Whether words of people outside may reach a node: its run was started from outside, or again from such a run, or a
 * node before it asks something beyond the run. What the graph allows decides, not what this run happened to do.
 */
export function comesFromOutside(about: {
  graph: Graph
  find: FindDefinition
  startedBy: string
  /** Key of the trigger the run began at. */
  trigger: NodeKey | null
  node: DocumentNode
}): boolean {
  const { graph, find, startedBy, node } = about
  if (!inside.includes(startedBy)) return true
  const trigger = graph.nodes.get(about.trigger ?? '')
  const start = trigger && find(trigger.type, trigger.version)
  if (start?.role === 'trigger' && !inside.includes(start.starts)) return true
  return asksBefore({ graph, find, key: node.key })
}

function asksBefore({ graph, find, key }: { graph: Graph; find: FindDefinition; key: NodeKey }): boolean {
  const definitionOf = (one: DocumentNode | undefined) => one && find(one.type, one.version)
  // A round of *repeat* reads what all of the round before gave.
  const repeats = around(graph, key).filter((one) => {
    const frame = definitionOf(graph.nodes.get(one))
    return frame?.role === 'frame' && frame.frame === 'repeat'
  })
  const before = new Set([...upstreamOf(graph).of(key), ...repeats])
  return [...graph.nodes.values()].some((one) => {
    const definition = definitionOf(one)
    // A model knows nothing but what it was told; what its tools ask is counted with them.
    if (definition?.role !== 'step' || definition.group === 'agent') return false
    if (one.key === key || (definition.effect === 'none' && !isOpenToAll(one))) return false
    return around(graph, one.key).some((place) => before.has(place))
  })
}

/** Asks by an address of its own: whoever knows it answers, member or not. */
const isOpenToAll = ({ type, params }: DocumentNode) =>
  (type === 'flow.wait_webhook' || type === 'person.form') && (params.path ?? '') !== ''
