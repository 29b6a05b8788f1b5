import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import type { FindNode, NodeInfo } from '#nodes/graph/node-info.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { uniqueKey } from '#nodes/graph/unique-key.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import { type Edit, type Point, withBodies } from './document.ts'
import { measures, sizeOf, waysInside, waysOut } from './measures.ts'
import { edgeId } from './patch.ts'
import { placeRow, rowOf } from './tool-row.ts'

interface Place {
  document: WorkflowDocument
  find: FindNode
  info: NodeInfo
  /** The node and the way out of it that leads to the new one. */
  from?: { key: NodeKey; port: string }
  /** The edge it goes in the middle of. */
  edge?: string
  /** Where its top-left corner is meant to be; worked out when absent. */
  at?: Point
  /** The frame it is dropped in. */
  parent?: NodeKey
  /** What it is filled with from the start. */
  params?: JsonObject
}

/** The edit that adds a node of this kind where it was meant to go, connected and in nobody's way. */
export function addNode(place: Place): { edit: Edit; key: NodeKey } {
  const { document, info } = place
  const key = uniqueKey(
    info.title,
    document.nodes.map((node) => node.key),
  )
  const split = document.edges.find((edge) => edgeId(edge) === place.edge)
  const from = split ? { key: split.from, port: split.port } : place.from
  const before = document.nodes.find((node) => node.key === from?.key)
  const isInside = before && from ? waysInside(before, place.find).includes(from.port) : false
  const parent = before ? (isInside ? before.key : before.parent) : place.parent
  const node: DocumentNode = {
    key,
    type: info.id,
    version: info.version,
    params: place.params ?? {},
    position: { x: 0, y: 0 },
    ...(parent === undefined || info.role === 'trigger' ? {} : { parent }),
    ...(info.role === 'frame'
      ? { size: { width: measures.frame.width, height: measures.frame.height } }
      : {}),
  }
  if (before && from?.port === TOOLS_PORT) return { key, edit: lent(place, { node, agent: before }) }
  if (split) return { key, edit: insertion({ ...place, node, split }) }
  const wish =
    place.at ??
    (before && !isInside ? beside(place, { before, port: from?.port }) : belowAll(document, parent))
  const position = place.at ?? freePlace(place, { node, wish })
  const add: Edit = { type: 'add-node', node: { ...node, position } }
  if (!from || !before || info.role === 'trigger') return { key, edit: add }
  const edge: DocumentEdge = { from: from.key, port: from.port, to: key }
  return { key, edit: { type: 'all', edits: [add, { type: 'connect', edge }] } }
}

/** A new tool takes its place at the right end of its agent's row, which moves to stay in the middle. */
function lent(place: Place, { node, agent }: { node: DocumentNode; agent: DocumentNode }): Edit {
  const size = sizeOf(agent, place)
  const row = placeRow(rowOf(place, agent.key, [node.key]), {
    drawing: place,
    agent: { ...agent.position, ...size },
  })
  const position = row.find(({ key }) => key === node.key)?.position ?? agent.position
  return {
    type: 'all',
    edits: [
      { type: 'add-node', node: { ...node, position } },
      { type: 'connect', edge: { from: agent.key, port: TOOLS_PORT, to: node.key } },
      { type: 'move', to: row.filter(({ key }) => key !== node.key) },
    ],
  }
}

/** The first way out of a node that leads nowhere yet, or its first; the port a new node is hung on. */
export function freePort(document: WorkflowDocument, about: { node: DocumentNode; find: FindNode }): string {
  const ports = waysOut(about.node, about.find)
  const used = new Set(document.edges.filter((edge) => edge.from === about.node.key).map((edge) => edge.port))
  return ports.find((port) => !used.has(port)) ?? ports[0] ?? 'out'
}

/** What stands behind the edge moves right, when there is no room for one more. */
function insertion(about: Place & { node: DocumentNode; split: DocumentEdge }): Edit {
  const { document, split, node, find } = about
  const [from, to] = [split.from, split.to].map((key) => document.nodes.find((each) => each.key === key))
  if (!from || !to) return { type: 'add-node', node }
  const fromSize = sizeOf(from, about)
  const own = sizeOf(node, about)
  const x = from.position.x + fromSize.width + measures.gap.x
  const push = Math.max(0, x + own.width + measures.gap.x - to.position.x)
  const behind = [...downstream(document, to.key)].flatMap((key) => {
    const each = document.nodes.find((candidate) => candidate.key === key)
    return each ? [{ key, position: { x: each.position.x + push, y: each.position.y } }] : []
  })
  const y = (from.position.y + to.position.y) / 2
  const port = waysOut(node, find)[0] ?? 'out'
  const edits: Edit[] = [
    { type: 'add-node', node: { ...node, position: { x, y: Math.round(y) } } },
    { type: 'disconnect', edges: [split] },
    { type: 'connect', edge: { from: split.from, port: split.port, to: node.key } },
    { type: 'connect', edge: { from: node.key, port, to: split.to } },
  ]
  return { type: 'all', edits: push > 0 ? [...edits, { type: 'move', to: behind }] : edits }
}

function downstream(document: WorkflowDocument, start: NodeKey): Set<NodeKey> {
  const seen = new Set([start])
  for (let before = -1; before !== seen.size; ) {
    before = seen.size
    for (const edge of document.edges) if (seen.has(edge.from)) seen.add(edge.to)
  }
  return seen
}

function beside(place: Place, { before, port }: { before: DocumentNode; port: string | undefined }): Point {
  const size = sizeOf(before, place)
  // What undoes a step stands below the way that goes on.
  const y = before.position.y + (port === UNDO_PORT ? size.height + measures.gap.y : 0)
  return { x: before.position.x + size.width + measures.gap.x, y }
}

function belowAll(document: WorkflowDocument, parent: NodeKey | undefined): Point {
  const siblings = document.nodes.filter((node) => node.parent === parent)
  const first = siblings[0]
  if (!first)
    return parent === undefined
      ? { x: 0, y: 0 }
      : { x: measures.frame.padding, y: measures.frame.header + 28 }
  const lowest = siblings.reduce((low, node) => Math.max(low, node.position.y), Number.NEGATIVE_INFINITY)
  return { x: first.position.x, y: lowest + measures.card.height + measures.gap.y }
}

/** The nearest place under the wish that no sibling covers. */
function freePlace(place: Place, about: { node: DocumentNode; wish: Point }): Point {
  const own = sizeOf(about.node, place)
  const siblings = place.document.nodes
    .filter((node) => node.parent === about.node.parent)
    .map((node) => ({ ...node.position, ...sizeOf(node, place) }))
  let { x, y } = about.wish
  for (let tries = 0; tries < siblings.length + 1; tries++) {
    const covered = siblings.find(
      (box) =>
        x < box.x + box.width && box.x < x + own.width && y < box.y + box.height && box.y < y + own.height,
    )
    if (!covered) break
    y = covered.y + covered.height + measures.gap.y
  }
  return { x, y }
}

/** Removing a node between two others leads the thread past it. */
export function removeNodes(document: WorkflowDocument, keys: readonly NodeKey[]): Edit {
  const gone = withBodies(document, keys)
  const remove: Edit = { type: 'remove', keys }
  const [only] = keys
  if (keys.length !== 1 || only === undefined) return remove
  const into = document.edges.filter((edge) => edge.to === only)
  const out = document.edges.filter(
    ({ from, port }) => from === only && port !== 'error' && port !== TOOLS_PORT && port !== UNDO_PORT,
  )
  const [before] = into
  const [after] = out
  if (into.length !== 1 || out.length !== 1 || !before || !after || gone.has(before.from)) return remove
  const bridge: DocumentEdge = { from: before.from, port: before.port, to: after.to }
  if (document.edges.some((edge) => edgeId(edge) === edgeId(bridge))) return remove
  return { type: 'all', edits: [remove, { type: 'connect', edge: bridge }] }
}
