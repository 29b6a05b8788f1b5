import { z } from 'zod'
import { DocumentEdge, DocumentNode, type NodeKey, type WorkflowDocument } from '#nodes/graph/document.ts'
import { renameNode } from '#nodes/graph/rename.ts'
import { uniqueKey } from '#nodes/graph/unique-key.ts'
import { type Edit, type Point, withBodies } from './document.ts'

/** What is put on the clipboard: a piece of a drawing, readable as text. */
const Fragment = z.strictObject({
  trama: z.literal(1),
  nodes: z.array(DocumentNode).min(1),
  edges: z.array(DocumentEdge),
})
export type Fragment = z.infer<typeof Fragment>

/** The chosen nodes, the bodies of frames among them, and the edges between them. */
export function fragment(document: WorkflowDocument, keys: readonly NodeKey[]): Fragment {
  const all = withBodies(document, keys)
  const nodes = document.nodes.filter((node) => all.has(node.key))
  return {
    trama: 1,
    // A node whose frame stays behind is copied out of it.
    nodes: nodes.map((node) => {
      const { parent, ...rest } = node
      return parent !== undefined && all.has(parent) ? node : rest
    }),
    edges: document.edges.filter((edge) => all.has(edge.from) && all.has(edge.to)),
  }
}

/** A piece of a drawing from the clipboard's text, or null when it is something else. */
export function readFragment(text: string): Fragment | null {
  if (!text.includes('"trama"')) return null
  try {
    return Fragment.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The edit that adds the piece under fresh keys, moved by `by`, the new keys of its outermost nodes, and which became which. */
export function pasteEdit(
  document: WorkflowDocument,
  piece: { fragment: Fragment; by: Point; parent?: NodeKey },
): { edit: Edit; keys: NodeKey[]; copies: { from: NodeKey; to: NodeKey }[] } {
  const taken = new Set(document.nodes.map((node) => node.key))
  let copy: WorkflowDocument = { format: 1, nodes: piece.fragment.nodes, edges: piece.fragment.edges }
  for (const { key } of piece.fragment.nodes) {
    if (!taken.has(key)) continue
    const fresh = uniqueKey(key, [...taken, ...copy.nodes.map((node) => node.key)])
    copy = renameNode(copy, key, fresh)
  }
  const outermost = copy.nodes.filter((node) => node.parent === undefined)
  const nodes = copy.nodes.map((node) => {
    if (node.parent !== undefined) return node
    const position = { x: node.position.x + piece.by.x, y: node.position.y + piece.by.y }
    return { ...node, position, ...(piece.parent === undefined ? {} : { parent: piece.parent }) }
  })
  // Renaming keeps the order of the nodes.
  const copies = piece.fragment.nodes.map(({ key }, index) => ({
    from: key,
    to: copy.nodes[index]?.key ?? key,
  }))
  return {
    edit: { type: 'paste', nodes, edges: copy.edges },
    keys: outermost.map((node) => node.key),
    copies,
  }
}
