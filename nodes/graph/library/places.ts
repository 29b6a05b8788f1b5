import type { JsonSchema } from '../../kit/define-node.ts'
import type { Json } from '../../kit/json.ts'
import type { DocumentNode, WorkflowDocument } from '../document.ts'
import { childSchema } from '../json-schema.ts'
import type { FindNode, NodeInfo } from '../node-info.ts'
import { agentOf, childrenOf, exprOf, isLiteral, MAX_DEPTH } from '../tags.ts'
import type { Target } from './parameter.ts'

/** A value that is written down in a node, with what its field says of it. */
export interface Place extends Target {
  value: Json
  schema: JsonSchema
}

/** Every written-down value of a drawing that is no list or object, in order; nothing that is computed. */
export function placesOf(document: WorkflowDocument, find: FindNode): Place[] {
  return document.nodes.flatMap((node) => inNode(node, find(node.type, node.version)))
}

function inNode(node: DocumentNode, info: NodeInfo | undefined): Place[] {
  const found: Place[] = []
  const look = (value: Json, schema: JsonSchema, path: string[]) => {
    if (exprOf(value) !== undefined || agentOf(value) !== undefined || path.length > MAX_DEPTH) return
    const plain = isLiteral(value) ? value.literal : value
    if (typeof plain !== 'object' || plain === null)
      found.push({
        node: node.key,
        path: isLiteral(value) ? [...path, 'literal'] : path,
        value: plain,
        schema,
      })
    else
      for (const [key, child] of childrenOf(plain))
        look(child, childSchema(schema, { of: plain, key }), [
          ...path,
          ...(isLiteral(value) ? ['literal'] : []),
          key,
        ])
  }
  look(node.params, info?.params ?? {}, ['params'])
  return found
}
