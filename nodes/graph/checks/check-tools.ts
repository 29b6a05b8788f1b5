import type { DocumentEdge, NodeKey } from '../document.ts'
import { groupBy, TOOLS_PORT } from '../graph.ts'
import { canBeTool, toolName } from '../tools.ts'
import type { Checking } from './checking.ts'

/** What is lent to agents: that it can be a tool, is nothing else, and has a name of its own. */
export function checkTools(about: Checking): void {
  const { document, graph, info, report } = about
  const seen = new Map<NodeKey, NodeKey>()
  for (const [index, edge] of document.edges.entries()) {
    if (edge.port === TOOLS_PORT) checkLending(about, { edge, index, seen })
    else
      for (const key of new Set([edge.from, edge.to]))
        if (graph.isTool(key)) report('tool_edges', { edge: index, node: key }, { key })
  }
  for (const [agent, known] of [...graph.nodes.keys()].map((key) => [key, info(key)] as const)) {
    if (!known?.takesTools) continue
    const names = groupBy(graph.toolsOf(agent), toolName)
    for (const [name, twins] of names) {
      const [, second] = new Set(twins.map(({ key }) => key))
      if (second !== undefined)
        report('tool_name_taken', { node: second, field: 'tool.name' }, { agent, name })
    }
  }
  checkToolCycles(about)
}

function checkLending(
  { graph, info, report }: Checking,
  { edge, index, seen }: { edge: DocumentEdge; index: number; seen: Map<NodeKey, NodeKey> },
) {
  const { from, to } = edge
  if (!graph.nodes.has(from) || !graph.nodes.has(to)) return
  const known = info(to)
  const place = { edge: index, node: to }
  if (known && known.role !== 'trigger' && !canBeTool(known)) report('not_a_tool', place, { key: to })
  const other = seen.get(to)
  if (other !== undefined && other !== from) report('tool_shared', place, { key: to, other })
  if (other === undefined) seen.set(to, from)
  if (graph.nodes.get(to)?.repeat) report('repeat_on_tool', { node: to, field: 'repeat' })
}

/** Agents may be each other's tools, but not in a circle: who would be asked first? */
function checkToolCycles({ graph, report }: Checking) {
  const settled = new Set<NodeKey>()
  for (const start of graph.nodes.keys()) {
    const way: NodeKey[] = []
    let at: NodeKey | undefined = start
    while (at !== undefined && !settled.has(at) && !way.includes(at)) {
      way.push(at)
      at = graph.lentTo(at)
    }
    if (at !== undefined && way.includes(at))
      report('tool_cycle', { node: at }, { keys: way.slice(way.indexOf(at)).join(', ') })
    for (const key of way) settled.add(key)
  }
}
