import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { sections } from '#nodes/graph/scopes.ts'
import { asidesIn } from './asides.ts'
import type { Edit, Point } from './document.ts'
import { measures, type Size } from './measures.ts'
import { placeRow, type Row, rowOf } from './tool-row.ts'
import { lendingIn } from './tools.ts'

interface Drawing {
  document: WorkflowDocument
  isFrame: (node: DocumentNode) => boolean
  sizeOf: (node: DocumentNode) => Size
  find: FindNode
  /** Ways out of a node from top to bottom. */
  portsOf: (node: DocumentNode) => readonly string[]
}

/** Lays every scope out from left to right in layers. The same drawing gives the same places, and the top-left corner stays. */
export function tidy(drawing: Drawing): Edit {
  const edits: Edit[] = []
  const sizes = new Map<NodeKey, Size>()
  const layScope = (parent: NodeKey | undefined): Size => {
    const { agentOf } = lendingIn(drawing.document)
    const all = drawing.document.nodes.filter((node) => node.parent === parent)
    const nodes = all.filter((node) => !agentOf.has(node.key))
    for (const node of nodes) {
      const own = drawing.sizeOf(node)
      if (!drawing.isFrame(node)) sizes.set(node.key, withRow(own, rowOf(drawing, node.key)))
      else {
        const body = layScope(node.key)
        const size = body.width === 0 ? own : body
        sizes.set(node.key, size)
        if (size.width !== own.width || size.height !== own.height)
          edits.push({ type: 'resize', key: node.key, size })
      }
    }
    const origin = parent === undefined ? corner(all) : { x: measures.frame.padding, y: bodyTop }
    const places = inSections(nodes, { drawing, sizes, origin })
    edits.push({ type: 'move', to: nodes.flatMap((node) => hung(node, { drawing, sizes, places })) })
    return extent(places, sizes)
  }
  layScope(undefined)
  return { type: 'all', edits }
}

/** The parts of a *try* one under the other; anything else is one part. */
function inSections(
  nodes: readonly DocumentNode[],
  about: { drawing: Drawing; sizes: ReadonlyMap<NodeKey, Size>; origin: Point },
): Map<NodeKey, Point> {
  const { undoes, sectionOf } = asidesIn(about.drawing.document)
  const sectionWith = (key: NodeKey) => sectionOf(undoes(key) ?? key)
  const places = new Map<NodeKey, Point>()
  let { y } = about.origin
  for (const section of sections) {
    const own = nodes.filter(({ key }) => sectionWith(key) === section)
    const laid = layered(own, { ...about, origin: { x: about.origin.x, y } })
    for (const [key, at] of laid) places.set(key, at)
    if (own.length > 0) y = extent(laid, about.sizes).height + measures.gap.y
  }
  return places
}

/** A card with its tools under it is laid out as one box, the card in the middle at its top. */
const withRow = (own: Size, row: Row): Size =>
  row.tools.length === 0
    ? own
    : { width: Math.max(own.width, row.width), height: own.height + measures.tool.drop + row.height }

/** Where a card goes in its box, and its tools under it. */
function hung(
  node: DocumentNode,
  about: { drawing: Drawing; sizes: ReadonlyMap<NodeKey, Size>; places: ReadonlyMap<NodeKey, Point> },
): { key: NodeKey; position: Point }[] {
  const { drawing, sizes, places } = about
  const at = places.get(node.key)
  if (!at) return []
  const own = drawing.isFrame(node) ? (sizes.get(node.key) ?? drawing.sizeOf(node)) : drawing.sizeOf(node)
  const box = sizes.get(node.key) ?? own
  const position = { x: Math.round(at.x + (box.width - own.width) / 2), y: at.y }
  const agent = { ...position, ...own }
  return [{ key: node.key, position }, ...placeRow(rowOf(drawing, node.key), { drawing, agent })]
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
  const ports = new Map(nodes.map((node) => [node.key, [...drawing.portsOf(node), 'error', 'undo']]))
  const size = (key: NodeKey) => sizes.get(key) ?? measures.card
  const centre = new Map<NodeKey, number>()
  const places = new Map<NodeKey, Point>()
  let x = origin.x
  for (const layer of layersOf(nodes, into)) {
    const wish = new Map(layer.map((node) => [node.key, wishOf(node, { into, centre, ports })]))
    const ordered = layer.toSorted(
      (left, right) => order(left, wish) - order(right, wish) || compare(left, right),
    )
    const middle = (node: DocumentNode) =>
      (drawing.isFrame(node) ? size(node.key).height : drawing.sizeOf(node).height) / 2
    const tops = stack(
      ordered.map((node) => ({
        height: size(node.key).height,
        middle: middle(node),
        wish: wish.get(node.key),
      })),
    )
    ordered.forEach((node, index) => {
      const y = tops[index] ?? 0
      places.set(node.key, { x, y })
      centre.set(node.key, y + middle(node))
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
    const offset = ports.indexOf(edge.port) - (ports.length - 3) / 2
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
function stack(boxes: { height: number; middle: number; wish: number | undefined }[]): number[] {
  const tops: number[] = []
  let next = Number.NEGATIVE_INFINITY
  for (const { height, middle, wish } of boxes) {
    const top = Math.max(wish === undefined ? (Number.isFinite(next) ? next : 0) : wish - middle, next)
    tops.push(top)
    next = top + height + measures.gap.y
  }
  const drifts = boxes.flatMap(({ middle, wish }, index) =>
    wish === undefined ? [] : [(tops[index] ?? 0) + middle - wish],
  )
  const drift = drifts.length === 0 ? 0 : drifts.reduce((sum, value) => sum + value, 0) / drifts.length
  return tops.map((top) => top - drift)
}
