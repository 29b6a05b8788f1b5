import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import type { Edit, Point } from './document.ts'
import { measures, type Size } from './measures.ts'

interface Drawing {
  document: WorkflowDocument
  isFrame: (node: DocumentNode) => boolean
  sizeOf: (node: DocumentNode) => Size
  /** Ways out of a node from top to bottom. */
  portsOf: (node: DocumentNode) => readonly string[]
}

/** Lays every scope out from left to right in layers. The same drawing gives the same places, and the top-left corner stays. */
export function tidy(drawing: Drawing): Edit {
  const edits: Edit[] = []
  const sizes = new Map<NodeKey, Size>()
  const layScope = (parent: NodeKey | undefined): Size => {
    const nodes = drawing.document.nodes.filter((node) => node.parent === parent)
    for (const node of nodes) {
      const own = drawing.sizeOf(node)
      if (!drawing.isFrame(node)) sizes.set(node.key, own)
      else {
        const body = layScope(node.key)
        const size = body.width === 0 ? own : body
        sizes.set(node.key, size)
        if (size.width !== own.width || size.height !== own.height)
          edits.push({ type: 'resize', key: node.key, size })
      }
    }
    const origin = parent === undefined ? corner(nodes) : { x: measures.frame.padding, y: bodyTop }
    const places = layered(nodes, { drawing, sizes, origin })
    edits.push({ type: 'move', to: [...places].map(([key, position]) => ({ key, position })) })
    return extent(places, sizes)
  }
  layScope(undefined)
  return { type: 'all', edits }
}

const bodyTop = measures.frame.header + measures.frame.padding

function corner(nodes: DocumentNode[]): Point {
  if (nodes.length === 0) return { x: 0, y: 0 }
  return {
    x: nodes.reduce((least, node) => Math.min(least, node.position.x), Number.POSITIVE_INFINITY),
    y: nodes.reduce((least, node) => Math.min(least, node.position.y), Number.POSITIVE_INFINITY),
  }
}

/** The frame that holds these places with its padding; nothing for no places. */
function extent(places: ReadonlyMap<NodeKey, Point>, sizes: ReadonlyMap<NodeKey, Size>): Size {
  let size = { width: 0, height: 0 }
  for (const [key, at] of places) {
    const own = sizes.get(key) ?? { width: 0, height: 0 }
    size = {
      width: Math.max(size.width, at.x + own.width + measures.frame.padding),
      height: Math.max(size.height, at.y + own.height + measures.frame.padding),
    }
  }
  return size
}

function layered(
  nodes: DocumentNode[],
  about: { drawing: Drawing; sizes: ReadonlyMap<NodeKey, Size>; origin: Point },
): Map<NodeKey, Point> {
  const { drawing, sizes, origin } = about
  const keys = new Set(nodes.map((node) => node.key))
  const edges = drawing.document.edges.filter((edge) => keys.has(edge.from) && keys.has(edge.to))
  const into = groupInto(edges)
  const ports = new Map(nodes.map((node) => [node.key, [...drawing.portsOf(node), 'error']]))
  const size = (key: NodeKey) => sizes.get(key) ?? measures.card
  const centre = new Map<NodeKey, number>()
  const places = new Map<NodeKey, Point>()
  let x = origin.x
  for (const layer of layersOf(nodes, into)) {
    const wish = new Map(layer.map((node) => [node.key, wishOf(node, { into, centre, ports })]))
    const ordered = layer.toSorted(
      (left, right) => order(left, wish) - order(right, wish) || compare(left, right),
    )
    const tops = stack(ordered.map((node) => ({ height: size(node.key).height, wish: wish.get(node.key) })))
    ordered.forEach((node, index) => {
      const y = tops[index] ?? 0
      places.set(node.key, { x, y })
      centre.set(node.key, y + size(node.key).height / 2)
    })
    x += layer.reduce((widest, node) => Math.max(widest, size(node.key).width), 0) + measures.gap.x
  }
  const top = [...places.values()].reduce((least, at) => Math.min(least, at.y), Number.POSITIVE_INFINITY)
  return new Map([...places].map(([key, at]) => [key, { x: at.x, y: Math.round(at.y - top + origin.y) }]))
}

function groupInto(edges: DocumentEdge[]): Map<NodeKey, DocumentEdge[]> {
  const into = new Map<NodeKey, DocumentEdge[]>()
  for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge])
  return into
}

/** Each node one layer after the last of those that lead to it. A cycle, in a broken draft, is cut where it is met. */
function layersOf(nodes: DocumentNode[], into: ReadonlyMap<NodeKey, DocumentEdge[]>): DocumentNode[][] {
  const depth = new Map<NodeKey, number>()
  const depthOf = (key: NodeKey): number => {
    const known = depth.get(key)
    if (known !== undefined) return known
    depth.set(key, 0)
    const own = (into.get(key) ?? []).reduce((deepest, edge) => Math.max(deepest, depthOf(edge.from) + 1), 0)
    depth.set(key, own)
    return own
  }
  const layers: DocumentNode[][] = []
  for (const node of nodes) {
    const at = depthOf(node.key)
    const layer = layers[at] ?? []
    layer.push(node)
    layers[at] = layer
  }
  return Array.from(layers, (layer) => layer ?? [])
}

/** Where a node's middle would like to be: beside the ports that lead to it. */
function wishOf(
  node: DocumentNode,
  about: {
    into: ReadonlyMap<NodeKey, DocumentEdge[]>
    centre: ReadonlyMap<NodeKey, number>
    ports: ReadonlyMap<NodeKey, string[]>
  },
): number | undefined {
  const wishes = (about.into.get(node.key) ?? []).flatMap((edge) => {
    const from = about.centre.get(edge.from)
    const ports = about.ports.get(edge.from) ?? []
    const offset = ports.indexOf(edge.port) - (ports.length - 2) / 2
    return from === undefined ? [] : [from + offset * measures.portRow]
  })
  return wishes.length === 0 ? undefined : wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length
}

function order(node: DocumentNode, wish: ReadonlyMap<NodeKey, number | undefined>): number {
  return wish.get(node.key) ?? node.position.y
}

function compare(left: DocumentNode, right: DocumentNode): number {
  return (
    left.position.y - right.position.y ||
    left.position.x - right.position.x ||
    (left.key < right.key ? -1 : 1)
  )
}

/** Tops of boxes one under the other, as near to their wishes as their order and the gaps allow. */
function stack(boxes: { height: number; wish: number | undefined }[]): number[] {
  const tops: number[] = []
  let next = Number.NEGATIVE_INFINITY
  for (const { height, wish } of boxes) {
    const top = Math.max(wish === undefined ? (Number.isFinite(next) ? next : 0) : wish - height / 2, next)
    tops.push(top)
    next = top + height + measures.gap.y
  }
  const drifts = boxes.flatMap(({ height, wish }, index) =>
    wish === undefined ? [] : [(tops[index] ?? 0) + height / 2 - wish],
  )
  const drift = drifts.length === 0 ? 0 : drifts.reduce((sum, value) => sum + value, 0) / drifts.length
  return tops.map((top) => top - drift)
}
