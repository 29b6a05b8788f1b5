import type { NodeKey } from './document.ts'
import type { Graph } from './graph.ts'

/** Whose outputs a node may read: what leads to it in its scope, and to each frame around it. */
export interface Upstream {
  leadsTo(from: NodeKey, to: NodeKey): boolean
  /** False on a circle or behind one: there, nothing comes before anything. */
  isOrdered(key: NodeKey): boolean
  /** Everything that leads to it, in drawing order. */
  of(key: NodeKey): NodeKey[]
}

/** One bit for each node and each that leads to it: 2,000 nodes fit in half a megabyte. */
export function upstreamOf(graph: Graph): Upstream {
  const places = new Map([...graph.nodes.keys()].map((key, place) => [key, place]))
  const width = Math.ceil(places.size / 32)
  const rows = new Map<NodeKey, Uint32Array>()

  for (const parent of new Set([...graph.nodes.values()].map((node) => node.parent)))
    for (const key of graph.order(parent)) {
      const row = new Uint32Array(width)
      for (const from of graph.before(key)) {
        const before = rows.get(from)
        if (before)
          for (let word = 0; word < width; word++) row[word] = (row[word] ?? 0) | (before[word] ?? 0)
        const place = places.get(from) ?? 0
        row[place >>> 5] = (row[place >>> 5] ?? 0) | (1 << (place & 31))
      }
      rows.set(key, row)
    }

  const has = (row: Uint32Array | undefined, place: number) =>
    row !== undefined && ((row[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0

  return {
    isOrdered: (key) => rows.has(standing(graph, key)),
    leadsTo(from, to) {
      const place = places.get(from)
      return place !== undefined && around(graph, to).some((key) => has(rows.get(key), place))
    },
    of(key) {
      const own = around(graph, key).map((one) => rows.get(one))
      return [...places].filter(([, place]) => own.some((row) => has(row, place))).map(([one]) => one)
    },
  }
}

/** The node itself; of a tool the agent it is lent to, in whose place it runs. */
export function standing(graph: Graph, key: NodeKey): NodeKey {
  const seen = new Set<NodeKey>()
  let at = key
  for (let agent = graph.lentTo(at); agent !== undefined && !seen.has(agent); agent = graph.lentTo(at)) {
    seen.add(agent)
    at = agent
  }
  return at
}

/** A node (of a tool its agent) and the frames around it, innermost first; ends even where parents make a circle. */
export function around(graph: Graph, key: NodeKey): NodeKey[] {
  const seen = new Set<NodeKey>()
  for (
    let at: NodeKey | undefined = standing(graph, key);
    at !== undefined && !seen.has(at);
    at = graph.nodes.get(at)?.parent
  )
    seen.add(at)
  return [...seen]
}
