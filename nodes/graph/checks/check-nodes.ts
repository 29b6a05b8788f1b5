import type { DocumentNode, NodeKey } from '../document.ts'
import { groupBy } from '../graph.ts'
import type { FindNode } from '../node-info.ts'
import { drawnPorts } from '../ports.ts'
import type { Checking } from './checking.ts'

/** Keys, types, frames and repeating. */
export function checkNodes(about: Checking): void {
  const { document, report } = about
  if (!document.nodes.some(({ type, version }) => about.find(type, version)?.role === 'trigger'))
    report('no_trigger', {})
  for (const [key, twins] of groupBy(document.nodes, (node) => node.key))
    if (twins.length > 1) report('duplicate_key', { node: key }, { key })

  checkParentCycles(about)
  for (const node of document.nodes) {
    checkType(about, node)
    checkParent(about, node)
    checkRepeat(about, node)
    checkPorts(about, node)
  }
}

function checkType({ find, report }: Checking, { key, type, version }: DocumentNode) {
  if (find(type, version)) return
  if (knows(find, type)) report('unknown_version', { node: key }, { type, version })
  else report('unknown_type', { node: key }, { type })
}

/** Versions are few, so trying them tells an unknown version from an unknown type. */
const knows = (find: FindNode, type: string) =>
  Array.from({ length: 50 }, (_, version) => version + 1).some((version) => find(type, version))

function checkParent({ graph, info, report }: Checking, { key, parent }: DocumentNode) {
  if (info(key)?.role === 'frame' && graph.children(key).length === 0) report('empty_frame', { node: key })
  if (parent === undefined) return
  if (!graph.nodes.has(parent)) report('unknown_parent', { node: key }, { parent })
  else if (info(parent) && info(parent)?.role !== 'frame')
    report('parent_not_frame', { node: key }, { parent })
  else if (info(key)?.role === 'trigger') report('trigger_in_frame', { node: key })
}

/** Follows each node to the outermost frame once; who is met again on the way is on a circle. */
function checkParentCycles({ graph, report }: Checking) {
  const settled = new Set<NodeKey>()
  for (const start of graph.nodes.keys()) {
    const way: NodeKey[] = []
    const onWay = new Set<NodeKey>()
    let at: NodeKey | undefined = start
    while (at !== undefined && !settled.has(at) && !onWay.has(at)) {
      way.push(at)
      onWay.add(at)
      at = graph.nodes.get(at)?.parent
    }
    if (at !== undefined && onWay.has(at)) {
      const keys = way.slice(way.indexOf(at))
      report('parent_cycle', { node: at }, { keys: keys.join(', ') })
    }
    for (const key of way) settled.add(key)
  }
}

function checkRepeat({ info, report }: Checking, { key, repeat }: DocumentNode) {
  const known = info(key)
  if (!repeat || !known) return
  const place = { node: key, field: 'repeat' }
  if (known.role === 'trigger') report('repeat_on_trigger', place)
  else if (known.role === 'frame') report('repeat_on_frame', place)
  else if (known.portsFrom || known.ports.length > 1) report('repeat_on_ports', place)
}

function checkPorts({ info, report }: Checking, node: DocumentNode) {
  const known = info(node.key)
  if (!known?.portsFrom) return
  for (const [port, twins] of groupBy(drawnPorts(node, known), (name) => name))
    if (twins.length > 1)
      report('duplicate_port', { node: node.key, field: `params.${known.portsFrom.list}` }, { port })
}
