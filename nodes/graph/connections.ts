import type { JsonSchema } from '../kit/define-node.ts'
import type { Json } from '../kit/json.ts'
import type { DocumentNode } from './document.ts'
import { childSchema } from './json-schema.ts'
import type { NodeInfo } from './node-info.ts'
import { agentOf, childrenOf, exprOf, isLiteral, MAX_DEPTH } from './tags.ts'

/** One place of a node that holds the id of a stored connection. */
export interface ConnectionPlace {
  /** Dot path in the node: `connection`, `params.fallback.0.connection`. */
  field: string
  id: string
  /** The kinds that may stand there; any when empty. */
  kinds: readonly string[]
}

/** Every connection a node uses: its own, and those that its parameters name (widget `connection`). */
export function connectionsOf(
  node: Pick<DocumentNode, 'connection' | 'params'>,
  info: Pick<NodeInfo, 'connection' | 'params'> | undefined,
): ConnectionPlace[] {
  const own =
    node.connection === undefined
      ? []
      : [{ field: 'connection', id: node.connection, kinds: info?.connection?.kinds ?? [] }]
  return info ? [...own, ...inParams(node.params, info.params)] : own
}

function inParams(params: Json, schema: JsonSchema): ConnectionPlace[] {
  const found: ConnectionPlace[] = []
  const look = (value: Json, at: { schema: JsonSchema; field: string; depth: number }) => {
    for (const [key, child] of childrenOf(value)) {
      const inner = childSchema(at.schema, { of: value, key })
      const field = `${at.field}.${key}`
      if (inner.widget === 'connection') {
        const id = isLiteral(child) ? child.literal : child
        if (typeof id === 'string' && id !== '') found.push({ field, id, kinds: kindsOf(inner) })
      } else if (exprOf(child) === undefined && agentOf(child) === undefined && at.depth < MAX_DEPTH)
        look(child, { schema: inner, field, depth: at.depth + 1 })
    }
  }
  look(params, { schema, field: 'params', depth: 0 })
  return found
}

const kindsOf = ({ kinds }: JsonSchema) =>
  Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === 'string') : []
