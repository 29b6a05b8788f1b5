import { UNDO_PORT } from '../scopes.ts'
import type { Checking } from './checking.ts'

/** That what undoes a step is a chain of its own: walked by itself, nothing else leads there or away from it. */
export function checkUndo({ document, graph, report }: Checking): void {
  for (const [index, { from, port, to }] of document.edges.entries()) {
    if (!graph.nodes.has(from) || !graph.nodes.has(to)) continue
    const place = { edge: index, node: to }
    const [before, after] = [graph.undoes(from), graph.undoes(to)]
    if (port === UNDO_PORT) {
      if (before !== undefined) report('undo_nested', { edge: index, node: from }, { key: from })
      // Of two steps that share what undoes them, the first has it.
      else if (after !== undefined && after !== from) report('undo_shared', place, { key: to, other: after })
    } else if (before !== after) report('undo_mixed', place, { from, to })
  }
}
