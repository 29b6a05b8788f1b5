import type { DocumentEdge, NodeKey } from '../document.ts'
import type { Ask, Three } from './conflict.ts'
import { type Drawn, edgeId } from './drawn.ts'
import { mergedOrder } from './order.ts'
import { same } from './same.ts'

/** The edges of both, less those that one of them removed; asks where both led one way elsewhere. */
export function mergeEdges(three: Three<Drawn>, ask: Ask): DocumentEdge[] {
  const { base, mine, theirs } = three
  const known = new Map([...base.edges, ...theirs.edges, ...mine.edges])
  const order = mergedOrder({
    base: [...base.edges.keys()],
    mine: [...mine.edges.keys()],
    theirs: [...theirs.edges.keys()],
  })
  const chosen = chooseWays(three, ask)
  return order.flatMap((id) => {
    const edge = known.get(id)
    if (!edge) return []
    const way = chosen.get(wayOf(edge))
    const kept = way
      ? way.edges.has(id)
      : mine.edges.has(id) && theirs.edges.has(id)
        ? true
        : !base.edges.has(id)
    return kept ? [edge] : []
  })
}

/** A way out of a node, by name. */
const wayOf = ({ from, port }: DocumentEdge) => JSON.stringify([from, port])

/** The ways that both sides took from what they led to, and led to something else; with the side that was chosen. */
function chooseWays(three: Three<Drawn>, ask: Ask): Map<string, Drawn> {
  const { base, mine, theirs } = three
  const chosen = new Map<string, Drawn>()
  for (const edge of base.edges.values()) {
    const { from, port } = edge
    if (chosen.has(wayOf(edge)) || mine.edges.has(edgeId(edge)) || theirs.edges.has(edgeId(edge))) continue
    const targets = {
      base: base.targets(from, port),
      mine: mine.targets(from, port),
      theirs: theirs.targets(from, port),
    }
    if (!mine.nodes.has(from) || !theirs.nodes.has(from)) continue
    if (same(sorted(targets.mine), sorted(targets.theirs))) continue
    const added = (all: readonly NodeKey[]) => all.some((to) => !targets.base.includes(to))
    if (!added(targets.mine) || !added(targets.theirs)) continue
    const side = ask({ kind: 'wires', node: from, field: port }, targets)
    chosen.set(wayOf(edge), three[side])
  }
  return chosen
}

const sorted = (keys: readonly NodeKey[]) => [...keys].sort()
