import { isJsonObject } from '../kit/json.ts'
import type { DocumentNode } from './document.ts'
import { TOOLS_PORT } from './graph.ts'
import type { NodeInfo } from './node-info.ts'
import { UNDO_PORT } from './scopes.ts'

/** The ways out of a node as drawn, but for `error`: a node that repeats has one, whatever it has otherwise. */
export function portsOf(node: DocumentNode, info: NodeInfo): string[] {
  return node.repeat ? ['out'] : [...new Set([...drawnPorts(node, info), ...info.ports])]
}

/** The ports a list parameter names, such as the cases of a switch; twice where it names one twice. */
export function drawnPorts(node: Pick<DocumentNode, 'params'>, { portsFrom }: NodeInfo): string[] {
  const list = portsFrom && Object.hasOwn(node.params, portsFrom.list) ? node.params[portsFrom.list] : []
  if (!portsFrom || !Array.isArray(list)) return []
  return list.flatMap((one) => {
    const port = isJsonObject(one) && Object.hasOwn(one, portsFrom.field) ? one[portsFrom.field] : null
    return typeof port === 'string' ? [port] : []
  })
}

/** A step another can be lent to by its `tools` port. */
export const hasToolsPort = ({ takesTools }: NodeInfo) => takesTools === true

/** Every port an edge may leave a node by. */
export function allPorts(node: DocumentNode, info: NodeInfo): string[] {
  return [
    ...portsOf(node, info),
    ...(hasErrorPort(info) ? ['error'] : []),
    ...(hasToolsPort(info) ? [TOOLS_PORT] : []),
    ...(hasUndoPort(info) ? [UNDO_PORT] : []),
    ...innerPorts(info),
  ]
}

/** Whether it can fail and go on by its `error` port: triggers and nodes that end the run cannot. */
export const hasErrorPort = ({ role, ports }: NodeInfo) => role !== 'trigger' && ports.length > 0

/** Whether what it did can be undone by its `undo` port: it touches the world, and its caller has not heard of it yet. */
export const hasUndoPort = ({ id, role, effect, ports }: NodeInfo) =>
  role === 'step' &&
  (effect === 'idempotent' || effect === 'once') &&
  ports.length > 0 &&
  id !== 'flow.respond'

/** The ways from a frame to what is inside it. */
export const innerPorts = ({ frame }: NodeInfo): readonly string[] =>
  frame === 'try' ? ['catch', 'finally'] : []
