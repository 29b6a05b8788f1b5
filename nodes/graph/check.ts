import { checkConnections } from './checks/check-connections.ts'
import { checkEdges } from './checks/check-edges.ts'
import { checkNodes } from './checks/check-nodes.ts'
import { checkParams } from './checks/check-params.ts'
import { checkReliability } from './checks/check-reliability.ts'
import { checkSettings } from './checks/check-settings.ts'
import { checkTools } from './checks/check-tools.ts'
import { checkTriggers } from './checks/check-triggers.ts'
import { checkTry } from './checks/check-try.ts'
import { checkUndo } from './checks/check-undo.ts'
import { type CheckOptions, checking } from './checks/checking.ts'
import { problem } from './checks/problems.ts'
import { documentLimits, type Problem, type WorkflowDocument } from './document.ts'
import { toGraph } from './graph.ts'
import type { FindNode } from './node-info.ts'
import { shapesOf } from './shapes.ts'

/** Everything that is wrong with a draft; errors stop it from being published. The same in browser and server. */
export function check(document: WorkflowDocument, find: FindNode, options: CheckOptions = {}): Problem[] {
  const tooLarge = overLimits(document)
  if (tooLarge.length > 0) return tooLarge
  const graph = toGraph(document)
  const problems: Problem[] = []
  const about = checking({ document, graph, shapes: shapesOf(graph, find), find, options }, problems)
  checkNodes(about)
  checkConnections(about)
  checkEdges(about)
  checkTools(about)
  checkTry(about)
  checkUndo(about)
  checkReliability(about)
  checkTriggers(about)
  checkParams(about)
  checkSettings(about)
  return problems
}

function overLimits({ nodes, edges }: WorkflowDocument): Problem[] {
  const { nodes: mostNodes, edges: mostEdges } = documentLimits
  return [
    ...(nodes.length > mostNodes
      ? [problem('too_many_nodes', {}, { limit: mostNodes, count: nodes.length })]
      : []),
    ...(edges.length > mostEdges
      ? [problem('too_many_edges', {}, { limit: mostEdges, count: edges.length })]
      : []),
  ]
}
