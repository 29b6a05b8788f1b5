import type { DocumentNode, NodeKey, WorkflowDocument } from '../document.ts'
import { renameNode } from '../rename.ts'
import type { Three } from './conflict.ts'
import { same } from './same.ts'

/**
 * The three documents with a node called the same in all of them where one side gave it another key: as mine has it
 * when mine did, else as theirs. Without it a renamed node would be one removed and one added.
 */
export function followRenames({ base, mine, theirs }: Three<WorkflowDocument>): Three<WorkflowDocument> {
  if (same(mine, base) || same(theirs, base) || same(mine, theirs)) return { base, mine, theirs }
  const taken = new Set([...mine.nodes, ...theirs.nodes].map(({ key }) => key))
  for (const [from, to] of renamesFrom(base, mine)) {
    // Both called it something new: mine stays.
    const there = renamesFrom(base, theirs).get(from) ?? from
    if (theirs.nodes.some(({ key }) => key === to)) continue
    base = renameNode(base, from, to)
    theirs = renameNode(theirs, there, to)
  }
  for (const [from, to] of renamesFrom(base, theirs)) {
    if (mine.nodes.some(({ key }) => key === to) || !taken.has(from)) continue
    base = renameNode(base, from, to)
    mine = renameNode(mine, from, to)
  }
  return { base, mine, theirs }
}

/** Nodes that are gone while one came that is just like them, each way the only one. */
function renamesFrom(base: WorkflowDocument, side: WorkflowDocument): Map<NodeKey, NodeKey> {
  const [before, after] = [
    new Set(base.nodes.map(({ key }) => key)),
    new Set(side.nodes.map(({ key }) => key)),
  ]
  const gone = base.nodes.filter(({ key }) => !after.has(key))
  const came = side.nodes.filter(({ key }) => !before.has(key))
  const found = new Map<NodeKey, NodeKey>()
  for (const node of gone) {
    const [twin, ...others] = came.filter((other) => isTwin(node, other))
    if (twin && others.length === 0 && gone.filter((other) => isTwin(other, twin)).length === 1)
      found.set(node.key, twin.key)
  }
  return found
}

/** Two nodes that do the same at the same place. Their references may differ: other nodes can be renamed as well. */
const isTwin = (one: DocumentNode, other: DocumentNode) =>
  one.type === other.type &&
  same(one.position, other.position) &&
  one.name === other.name &&
  same(Object.keys(one.params).sort(), Object.keys(other.params).sort())
