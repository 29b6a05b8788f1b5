import { z } from 'zod'
import type { Json } from '../../kit/json.ts'
import type { WorkflowDocument } from '../document.ts'
import { toGraph } from '../graph.ts'
import type { FindNode } from '../node-info.ts'
import { childrenOf, exprOf } from '../tags.ts'

const Names = z.array(z.string())

/** What a workflow is able to do, from its drawing alone: what an installer or a reviewer looks at first. */
export const Capabilities = z.object({
  /** Types of what starts it. */
  triggers: Names,
  /** Types of all other nodes, and what repeating one does to the world: `once` and `idempotent` change something. */
  nodes: z.array(z.object({ type: z.string(), count: z.number(), effect: z.string() })),
  /** Kinds of connection it asks for; each entry is a list of which one is enough. */
  connections: z.array(Names),
  /** Hosts written in it. */
  hosts: Names,
  /** An address is computed: it may call any host that its connections or the operator allow. */
  anyHost: z.boolean(),
  /** It runs code of its publisher, in the sandbox. */
  code: z.boolean(),
  /** Agents, and the types of the tools they may use. */
  agents: z.array(z.object({ node: z.string(), tools: Names })),
  /** Types of nodes that nobody here knows. */
  unknown: Names,
})
export type Capabilities = z.infer<typeof Capabilities>

export function capabilitiesOf(document: WorkflowDocument, find: FindNode): Capabilities {
  const graph = toGraph(document)
  const nodes = new Map<string, { type: string; count: number; effect: string }>()
  const [triggers, unknown, hosts] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const connections = new Map<string, string[]>()
  let [anyHost, code] = [false, false]
  for (const node of document.nodes) {
    const info = find(node.type, node.version)
    if (!info) unknown.add(node.type)
    if (info?.connection) connections.set(info.connection.kinds.join(' '), [...info.connection.kinds])
    if (node.type.startsWith('code.')) code = true
    if (info?.role === 'trigger') triggers.add(node.type)
    else if (info) {
      const known = nodes.get(node.type) ?? { type: node.type, count: 0, effect: info.effect }
      nodes.set(node.type, { ...known, count: known.count + 1 })
    }
    for (const { text, name } of textsIn(node.params)) {
      for (const host of hostsIn(text)) hosts.add(host)
      if (name === 'url' && exprOf(text) !== undefined && !beginsWithHost(exprOf(text) ?? '')) anyHost = true
    }
  }
  const agents = document.nodes
    .map(({ key }) => ({ node: key, tools: sorted(graph.toolsOf(key).map(({ type }) => type)) }))
    .filter(
      ({ node, tools }) =>
        tools.length > 0 || document.nodes.some(({ key, type }) => key === node && type.startsWith('agent.')),
    )
  return {
    triggers: sorted(triggers),
    nodes: [...nodes.values()].sort((a, b) => (a.type < b.type ? -1 : 1)),
    connections: [...connections.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kinds]) => kinds),
    hosts: sorted(hosts),
    anyHost,
    code,
    agents,
    unknown: sorted(unknown),
  }
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort()

/** Every text and computed value, with the name of the field it is in. */
function textsIn(params: Json): { text: Json; name: string }[] {
  const found: { text: Json; name: string }[] = []
  const open: { value: Json; name: string }[] = [{ value: params, name: '' }]
  for (const { value, name } of open) {
    if (typeof value === 'string' || exprOf(value) !== undefined) found.push({ text: value, name })
    else
      for (const [key, child] of childrenOf(value))
        open.push({ value: child, name: /^\d+$/.test(key) ? name : key })
  }
  return found
}

function hostsIn(text: Json): string[] {
  const source = typeof text === 'string' ? text : (exprOf(text) ?? '')
  return [
    ...source.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9][a-z0-9.-]*[a-z0-9](?::\d{1,5})?)(?=[/?#\s'"`]|$)/gi),
  ].map(([, host = '']) => host.toLowerCase())
}

/** A text with data in it whose host is written: `https://api.example.com/${…}`. */
const beginsWithHost = (source: string) => /^\s*[`'"]https?:\/\/[a-z0-9.-]+(:\d+)?\//i.test(source)

/** What one version is able to do that the one before was not. */
export function addedCapabilities(before: Capabilities | undefined, now: Capabilities): Capabilities {
  if (!before) return now
  const fresh = (names: readonly string[], old: readonly string[]) =>
    names.filter((name) => !old.includes(name))
  const kinds = before.connections.map((one) => one.join(' '))
  const tools = (node: string) => before.agents.find((agent) => agent.node === node)?.tools
  return {
    triggers: fresh(now.triggers, before.triggers),
    nodes: now.nodes.filter(({ type }) => !before.nodes.some((node) => node.type === type)),
    connections: now.connections.filter((one) => !kinds.includes(one.join(' '))),
    hosts: fresh(now.hosts, before.hosts),
    anyHost: now.anyHost && !before.anyHost,
    code: now.code && !before.code,
    agents: now.agents
      .map(({ node, tools: all }) => ({ node, tools: fresh(all, tools(node) ?? []) }))
      .filter(({ node, tools: more }) => more.length > 0 || tools(node) === undefined),
    unknown: fresh(now.unknown, before.unknown),
  }
}
