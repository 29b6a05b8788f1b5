import type { DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { uniqueKey } from '#nodes/graph/unique-key.ts'
import type { Edit } from './document.ts'

/** The edit that gives a node a name; a key nobody chose follows it, so that expressions read as they are called. */
export function nameNode(
  document: WorkflowDocument,
  about: { node: DocumentNode; info: NodeInfo | undefined; name: string },
): Edit {
  const { node, info } = about
  const name = about.name.trim()
  const set: Edit = { type: 'set', key: node.key, fields: { name: name === '' ? undefined : name } }
  const isOwn = ![info?.title, node.name].some((text) => text && isMadeFrom(node.key, text))
  if (isOwn || name === '') return set
  const others = document.nodes.filter((each) => each.key !== node.key).map((each) => each.key)
  const to = uniqueKey(name, others)
  return to === node.key ? set : { type: 'all', edits: [set, { type: 'rename-key', key: node.key, to }] }
}

/** `get_order_2` is made from “Get order”. */
function isMadeFrom(key: NodeKey, text: string): boolean {
  const base = uniqueKey(text, [])
  return key === base || (key.startsWith(`${base}_`) && /^\d+$/.test(key.slice(base.length + 1)))
}

/** The key a node has after that edit. */
export function keyAfter(edit: Edit, key: NodeKey): NodeKey {
  const rename = edit.type === 'all' ? edit.edits.find((each) => each.type === 'rename-key') : undefined
  return rename?.type === 'rename-key' ? rename.to : key
}
