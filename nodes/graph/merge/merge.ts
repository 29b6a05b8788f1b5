import type { DocumentNode, NodeKey, WorkflowDocument } from '../document.ts'
import { type Change, changesBetween } from './changes.ts'
import { type Ask, asking, type Choices, type Conflict, type Three } from './conflict.ts'
import { type Drawn, drawnFrom } from './drawn.ts'
import { mergeEdges } from './merge-edges.ts'
import { mergeNode } from './merge-node.ts'
import { mergeSettings } from './merge-settings.ts'
import { mergedOrder } from './order.ts'
import { followRenames } from './renames.ts'
import { same } from './same.ts'
import { circles, settle } from './settle.ts'
import { contestedParents, differ, touched } from './touched.ts'

export interface Merge {
  /** Both sides' work in one drawing. Where they conflict: what was chosen, mine where nothing was. */
  document: WorkflowDocument
  /** Every conflict, also those that were chosen. The same list whatever the choices are. */
  conflicts: Conflict[]
  /** What `document` changes in mine. */
  changes: Change[]
}

/**
 * A three-way merge of drawings: `base` is what mine and theirs were made from. What one side changed is taken; what
 * both changed differently is a conflict, and nothing is lost without one (decision 013).
 */
export function merge(about: Three<WorkflowDocument> & { choices?: Choices }): Merge {
  const { mine, choices = {} } = about
  const { ask, conflicts } = asking(choices)
  const document = mergeDocuments(followRenames(about), ask)
  return { document, conflicts, changes: changesBetween(mine, document) }
}

function mergeDocuments(documents: Three<WorkflowDocument>, ask: Ask): WorkflowDocument {
  const { base, mine, theirs } = documents
  if (same(mine, theirs) || same(theirs, base)) return mine
  if (same(mine, base)) return theirs
  const three = { base: drawnFrom(base), mine: drawnFrom(mine), theirs: drawnFrom(theirs) }
  const settings = mergeSettings({ base: base.settings, mine: mine.settings, theirs: theirs.settings }, ask)
  return settle({ nodes: mergeNodes(three, ask), edges: mergeEdges(three, ask), settings }, three)
}

function mergeNodes(three: Three<Drawn>, ask: Ask): DocumentNode[] {
  const contested = new Set([...contestedParents(three), ...circledTogether(three)])
  const order = mergedOrder({
    base: [...three.base.nodes.keys()],
    mine: [...three.mine.nodes.keys()],
    theirs: [...three.theirs.nodes.keys()],
  })
  return order.flatMap((key) => nodeOf(key, { three, ask, contested: contested.has(key) }) ?? [])
}

function nodeOf(
  key: NodeKey,
  { three, ask, contested }: { three: Three<Drawn>; ask: Ask; contested: boolean },
): DocumentNode | undefined {
  const [base, mine, theirs] = [
    three.base.nodes.get(key),
    three.mine.nodes.get(key),
    three.theirs.nodes.get(key),
  ]
  const nodes = { base, mine, theirs }
  if (mine && theirs) {
    if (base) return mergeNode({ base, mine, theirs }, { ask, contested })
    return differ(mine, theirs) ? nodes[ask({ kind: 'added', node: key }, nodes)] : mine
  }
  if (!base) return mine ?? theirs
  if (mine && touched(key, { base: three.base, side: three.mine }))
    return nodes[ask({ kind: 'removed_by_them', node: key }, nodes)]
  if (theirs && touched(key, { base: three.base, side: three.theirs }))
    return nodes[ask({ kind: 'removed_by_me', node: key }, nodes)]
  return undefined
}

/** Frames that would be inside each other if both sides had their way, and that their side moved. */
function circledTogether({ base, mine, theirs }: Three<Drawn>): NodeKey[] {
  const parentOf = (key: NodeKey) => {
    const own = mine.nodes.get(key)
    const changed = own && own.parent !== base.nodes.get(key)?.parent
    return own && (changed || !theirs.nodes.has(key)) ? own.parent : theirs.nodes.get(key)?.parent
  }
  const keys = [...new Set([...mine.nodes.keys(), ...theirs.nodes.keys()])]
  const circled = circles(keys.map((key) => ({ key, parent: parentOf(key) })))
  return [...circled].filter((key) => theirs.nodes.get(key)?.parent !== base.nodes.get(key)?.parent)
}
