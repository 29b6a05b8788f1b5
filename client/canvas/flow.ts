import type { Edge, Node } from '@xyflow/react'
import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { isTry } from '#nodes/graph/scopes.ts'
import { isFrame, sizeOf } from './measures.ts'
import { edgeId } from './patch.ts'
import { portPlaces } from './port-places.ts'
import { lendingIn } from './tools.ts'

export type FlowNode = Node<{ node: DocumentNode }, 'card' | 'frame' | 'tool'>
export type FlowEdge = Edge<{ edge: DocumentEdge }, 'thread'>

interface Shown {
  document: WorkflowDocument
  find: FindNode
  selected: ReadonlySet<NodeKey>
  readonly: boolean
  labelOf: (node: DocumentNode) => string
}

/** React Flow's nodes for a drawing. A node that did not change keeps its object, so that its card is not drawn again. */
export function flowNodes(shown: Shown, previous: readonly FlowNode[]): FlowNode[] {
  const old = new Map(previous.map((node) => [node.id, node]))
  const { agentOf } = lendingIn(shown.document)
  const byKey = new Map(shown.document.nodes.map((node) => [node.key, node]))
  return holdersFirst(shown.document).map((node) => {
    const known = old.get(node.key)
    const agent = byKey.get(agentOf.get(node.key) ?? '')
    const holder = agent?.key ?? node.parent
    const selected = shown.selected.has(node.key)
    const ariaLabel = shown.labelOf(node)
    const position = agent
      ? { x: node.position.x - agent.position.x, y: node.position.y - agent.position.y }
      : node.position
    const same =
      known?.data.node === node &&
      known.selected === selected &&
      known.ariaLabel === ariaLabel &&
      known.parentId === holder &&
      (!agent || (known.position.x === position.x && known.position.y === position.y))
    // The ways inside a *try* stand beside what they lead to.
    const handles = known && same && !isTry(node) ? known.handles : portPlaces(node, shown)
    if (known && same && (!isTry(node) || sameHandles(known.handles, handles))) return known
    const frame = isFrame(node, shown.find)
    const size = sizeOf(node, shown)
    return {
      id: node.key,
      type: frame ? 'frame' : agent ? 'tool' : 'card',
      position,
      data: { node },
      selected,
      ariaLabel,
      ariaRole: 'group',
      ...(holder === undefined ? {} : { parentId: holder }),
      ...size,
      // Sizes and ports follow from the document. React Flow, told of them, draws and measures only what is seen.
      measured: size,
      handles,
    }
  })
}

const sameHandles = (left: FlowNode['handles'], right: FlowNode['handles']) =>
  left?.length === right?.length && left?.every(({ y }, at) => y === right?.[at]?.y)

export function flowEdges(document: WorkflowDocument, selectedEdge: string | null): FlowEdge[] {
  const keys = new Set(document.nodes.map((node) => node.key))
  const drawable = document.edges.filter((edge) => keys.has(edge.from) && keys.has(edge.to))
  return drawable.map((edge) => {
    const id = edgeId(edge)
    return {
      id,
      type: 'thread',
      source: edge.from,
      sourceHandle: edge.port,
      target: edge.to,
      targetHandle: 'in',
      data: { edge },
      selected: id === selectedEdge,
    }
  })
}

/** React Flow wants what holds others before them: frames, and agents, whose tools move with them. A frame that is missing is as if there were none. */
function holdersFirst(document: WorkflowDocument): DocumentNode[] {
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  const { agentOf } = lendingIn(document)
  const placed = new Set<NodeKey>()
  const ordered: DocumentNode[] = []
  const place = (node: DocumentNode, depth: number): void => {
    if (placed.has(node.key)) return
    const frame = node.parent === undefined ? undefined : byKey.get(node.parent)
    if (frame && depth < 100) place(frame, depth + 1)
    const agent = byKey.get(agentOf.get(node.key) ?? '')
    if (agent && depth < 100) place(agent, depth + 1)
    placed.add(node.key)
    if (frame || node.parent === undefined) ordered.push(node)
    else {
      const { parent: _, ...rest } = node
      ordered.push(rest)
    }
  }
  for (const node of document.nodes) place(node, 0)
  return ordered
}
