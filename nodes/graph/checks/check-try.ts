import { entersSection, isTry } from '../scopes.ts'
import type { Checking } from './checking.ts'

/** That the parts of a *try* are apart: its `catch` and `finally` lead inside, and no edge from one part to another. */
export function checkTry({ document, graph, report }: Checking): void {
  for (const [index, edge] of document.edges.entries()) {
    const [from, to] = [graph.nodes.get(edge.from), graph.nodes.get(edge.to)]
    if (!from || !to) continue
    const place = { edge: index, node: to.key }
    const section = entersSection(edge, { from, to })
    if (section) {
      if (graph.into(to.key).length > 0 || graph.sectionOf(to.key) !== section)
        report('section_mixed', place, { from: from.key, to: to.key })
    } else if (isTry(from) && (edge.port === 'catch' || edge.port === 'finally'))
      report('section_outside', place, { from: from.key, port: edge.port })
    else if (graph.sectionOf(from.key) !== graph.sectionOf(to.key) && from.parent === to.parent)
      report('section_mixed', place, { from: from.key, to: to.key })
  }
}
