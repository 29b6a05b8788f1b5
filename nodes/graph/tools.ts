import type { Json } from '../kit/json.ts'
import type { DocumentNode, NodeKey } from './document.ts'
import type { NodeInfo } from './node-info.ts'
import { agentOf, childrenOf, exprOf, isLiteral, MAX_DEPTH } from './tags.ts'

/** What an agent calls a tool by. */
export const toolName = ({ key, tool }: Pick<DocumentNode, 'key' | 'tool'>): NodeKey => tool?.name ?? key

/** They answer the run's caller, or hold the whole run: an agent's step may do neither in between. */
const neverTools: ReadonlySet<string> = new Set(['flow.respond', 'flow.wait'])

/** Whether a node of this kind can be lent to an agent: a step that gives something back, and to the agent only. */
export const canBeTool = ({ id, role, ports }: NodeInfo) =>
  role === 'step' && ports.length > 0 && !neverTools.has(id)

/** A parameter that the agent fills in. */
export interface LeftToAgent {
  /** Dot path in the parameters: `url`, `headers.accept`. */
  field: string
  description: string
}

/** The parameters of a tool that are left to the agent, as drawn. */
export function leftToAgent({ params }: Pick<DocumentNode, 'params'>): LeftToAgent[] {
  const found: LeftToAgent[] = []
  const look = (value: Json, field: string, depth: number) => {
    for (const [key, child] of childrenOf(value)) {
      const at = field === '' ? key : `${field}.${key}`
      const description = agentOf(child)
      if (description !== undefined) found.push({ field: at, description })
      else if (exprOf(child) === undefined && !isLiteral(child) && depth < MAX_DEPTH)
        look(child, at, depth + 1)
    }
  }
  look(params, '', 0)
  return found
}
