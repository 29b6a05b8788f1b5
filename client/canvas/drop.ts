import type { DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { type Edit, type Point, withBodies } from './document.ts'
import { isFrame, measures, sizeOf } from './measures.ts'
import { absolutePlaces } from './places.ts'
import { refuseFrame } from './refusals.ts'
import { lendingIn, movedWithTools } from './tools.ts'

interface Drawing {
  document: WorkflowDocument
  find: FindNode
}

/** The innermost frame at a place of the canvas, in which this node (or a new one) may sit. */
export function frameAt(drawing: Drawing, about: { at: Point; key?: NodeKey }): NodeKey | undefined {
  const places = absolutePlaces(drawing.document)
  const own = about.key === undefined ? new Set<NodeKey>() : withBodies(drawing.document, [about.key])
  const frames = drawing.document.nodes.filter((node) => {
    const place = places.get(node.key)
    if (!isFrame(node, drawing.find) || own.has(node.key) || !place) return false
    const size = sizeOf(node, drawing)
    const { x, y } = about.at
    return x >= place.x && x <= place.x + size.width && y >= place.y && y <= place.y + size.height
  })
  const allowed = frames.filter(
    (frame) =>
      about.key === undefined || refuseFrame(drawing, { key: about.key, parent: frame.key }) === null,
  )
  return allowed.toSorted((left, right) => depthOf(drawing, right) - depthOf(drawing, left))[0]?.key
}

/** The edit for nodes that were dragged to these places: they move, enter or leave frames, and frames grow to hold them. */
export function dropEdit(drawing: Drawing, moved: readonly { key: NodeKey; at: Point }[]): Edit {
  const { document } = drawing
  const places = absolutePlaces(document)
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  // What is in a dragged frame goes with it and stays in it; so do the tools of a dragged agent.
  const carried = new Set([
    ...withBodies(
      document,
      moved.map(({ key }) => key),
    ),
  ])
  const { agentOf } = lendingIn(document)
  const leaders = moved.filter(
    ({ key }) => !carried.has(byKey.get(key)?.parent ?? '') && !carried.has(agentOf.get(key) ?? ''),
  )
  const edits = leaders.flatMap(({ key, at }): Edit[] => {
    const node = byKey.get(key)
    if (!node) return []
    const size = sizeOf(node, drawing)
    const centre = { x: at.x + size.width / 2, y: at.y + size.height / 2 }
    const isTrigger = drawing.find(node.type, node.version)?.role === 'trigger'
    // A tool stays with its agent, whatever it is dropped on.
    const parent = isTrigger
      ? undefined
      : agentOf.has(key)
        ? node.parent
        : frameAt(drawing, { at: centre, key })
    const base = parent === undefined ? undefined : places.get(parent)
    const position = base ? inside({ x: at.x - base.x, y: at.y - base.y }) : at
    if (parent !== node.parent) return [{ type: 'set-parent', key, parent, position }]
    return [{ type: 'move', to: [{ key, position }] }]
  })
  const moves = edits.flatMap((edit) => (edit.type === 'move' ? edit.to : []))
  const others = edits.filter((edit) => edit.type !== 'move')
  return {
    type: 'all',
    edits: [
      ...(moves.length > 0 ? [{ type: 'move' as const, to: movedWithTools(document, moves) }] : []),
      ...others,
    ],
  }
}

/** Resizes that frames need so that they hold their bodies, inner ones first. */
export function growFrames({ document, find }: Drawing): Edit[] {
  const drawing = { document, find }
  const sizes = new Map(document.nodes.map((node) => [node.key, sizeOf(node, drawing)]))
  const frames = document.nodes
    .filter((node) => isFrame(node, drawing.find))
    .toSorted((left, right) => depthOf(drawing, right) - depthOf(drawing, left))
  return frames.flatMap((frame): Edit[] => {
    const old = sizes.get(frame.key) ?? measures.frame
    const size = document.nodes
      .filter((node) => node.parent === frame.key)
      .reduce((least, node) => {
        const box = sizes.get(node.key) ?? measures.card
        return {
          width: Math.max(least.width, node.position.x + box.width + measures.frame.padding),
          height: Math.max(least.height, node.position.y + box.height + measures.frame.padding),
        }
      }, old)
    sizes.set(frame.key, size)
    return size.width === old.width && size.height === old.height
      ? []
      : [{ type: 'resize', key: frame.key, size }]
  })
}

function inside(position: Point): Point {
  return { x: Math.max(position.x, 16), y: Math.max(position.y, measures.frame.header + 12) }
}

function depthOf({ document }: Drawing, node: DocumentNode): number {
  let depth = 0
  for (let at = node.parent; at !== undefined && depth < 100; depth++) {
    at = document.nodes.find((candidate) => candidate.key === at)?.parent
  }
  return depth
}
