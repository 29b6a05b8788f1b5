import type { Json } from '../../kit/json.ts'
import type { NodeKey, WorkflowDocument } from '../document.ts'
import { childrenOf } from '../tags.ts'

/**
 * How credentials of well-known services begin. A connection is the place for them. What repeats is bounded wherever
 * more follows it, as texts are long.
 */
const shapes: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\b[srp]k_(live|test)_[A-Za-z0-9]{10,}/,
  /\bwhsec_[A-Za-z0-9]{10,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\b(ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bya29\.[0-9A-Za-z_-]{20,}/,
  /\bEAA[A-Za-z0-9]{40,}/,
  /\btrama_[0-9a-z]{30,}/,
  /\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,5000}\.[A-Za-z0-9_-]{10}/,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/,
  /\b(Bearer|Basic)\s+[A-Za-z0-9+/_.=-]{16,}/,
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{1,300}:[^\s/@]{1,2000}@/,
]

/** Where something written in a drawing looks like a credential. Names the place, never repeats the text. */
export function secretsIn(document: WorkflowDocument): { node: NodeKey; field: string }[] {
  return document.nodes.flatMap((node) => {
    const found: { node: NodeKey; field: string }[] = []
    const open: { value: Json; field: string }[] = [
      { value: node.params, field: 'params' },
      { value: node.notes ?? '', field: 'notes' },
      { value: node.name ?? '', field: 'name' },
      { value: node.tool?.description ?? '', field: 'tool.description' },
    ]
    for (const { value, field } of open) {
      if (typeof value === 'string') {
        if (shapes.some((shape) => shape.test(value))) found.push({ node: node.key, field })
      } else
        for (const [key, child] of childrenOf(value)) open.push({ value: child, field: `${field}.${key}` })
    }
    return found
  })
}
