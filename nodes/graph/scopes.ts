import type { DocumentEdge, DocumentNode, NodeKey } from './document.ts'

/** The port whose edges lead to what undoes a step: walked when the run fails, and then only. */
export const UNDO_PORT = 'undo'

/** The parts of a *try*. What its ports `catch` and `finally` lead to inside it, and all that follows; the rest is its body. */
export const sections = ['body', 'catch', 'finally'] as const
export type Section = (typeof sections)[number]

export const isTry = (node: Pick<DocumentNode, 'type'> | undefined) => node?.type === 'flow.try'

/** The section an edge enters from its frame; undefined for an edge between two nodes of a scope. */
export function entersSection(
  { port }: DocumentEdge,
  { from, to }: { from: DocumentNode; to: DocumentNode },
): Exclude<Section, 'body'> | undefined {
  if (!isTry(from) || to.parent !== from.key) return undefined
  return port === 'catch' || port === 'finally' ? port : undefined
}

/** Which part of its scope a node belongs to, where that is not simply the scope. */
export interface Parts {
  /** The step that a node helps to undo. */
  undoes: ReadonlyMap<NodeKey, NodeKey>
  sections: ReadonlyMap<NodeKey, Section>
}

/** Follows the edges from where each part begins. A node that several reach belongs to the first; `check` says so. */
export function partsOf(about: {
  undo: readonly DocumentEdge[]
  entering: readonly { section: Section; to: NodeKey }[]
  outOf: (key: NodeKey) => readonly DocumentEdge[]
}): Parts {
  const { outOf } = about
  const undoes = new Map<NodeKey, NodeKey>()
  const inside = new Map<NodeKey, Section>()
  // What undoes a step is not undone itself, so nothing ever undoes what it hangs on.
  for (const { from, to } of about.undo)
    if (!undoes.has(from)) spread(undoes, { from: to, as: from, outOf, but: from })
  for (const { section, to } of about.entering) spread(inside, { from: to, as: section, outOf })
  return { undoes, sections: inside }
}

function spread<T>(
  found: Map<NodeKey, T>,
  about: { from: NodeKey; as: T; outOf: (key: NodeKey) => readonly DocumentEdge[]; but?: NodeKey },
) {
  const way = [about.from]
  for (const key of way) {
    if (found.has(key) || key === about.but) continue
    found.set(key, about.as)
    for (const { to } of about.outOf(key)) way.push(to)
  }
}
