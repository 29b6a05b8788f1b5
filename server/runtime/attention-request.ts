import { z } from 'zod'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import { effectOf } from '#nodes/kit/effect.ts'
import { Json } from '#nodes/kit/json.ts'
import { encodeJson } from '#server/db/json.ts'
import type { Attention, StepId } from '#server/engine/history.ts'
import { failureKey } from './failure-key.ts'
import type { ParamsAbout } from './step-params.ts'
import { computedParams } from './step-params.ts'

/** What is kept of a step that needs attention, for who decides. `why`, `cause` and `connection` are columns too. */
export const AttentionRequest = z.object({
  why: z.enum(['unknown', 'exhausted', 'crashed']),
  /** The same for steps that a person would say failed for the same reason. */
  cause: z.string(),
  code: z.string(),
  message: z.string(),
  attempts: z.number(),
  node: z.object({ key: z.string(), name: z.string(), type: z.string(), version: z.number() }),
  effect: z.enum(['none', 'read', 'idempotent', 'once']),
  connection: z.string().nullable(),
  /** By which ways it can be skipped. */
  ports: z.array(z.string()),
  /** As the attempt took them; null where they are too large to keep. */
  params: z.record(z.string(), Json).nullable(),
  /** Parameters whose value could not be computed; they are null in `params`. */
  missing: z.array(z.string()),
})
export type AttentionRequest = z.infer<typeof AttentionRequest>

/** Beyond that, parameters are not kept beside the failure: the step computes them anew. */
const MOST_PARAMS = 256 * 1024
const MOST_MESSAGE = 4_000

interface About {
  workflowId: string
  step: StepId
  attempt: number
  attention: Attention
  node: DocumentNode
  definition: AnyStep
}

export function attentionRequest(about: About & Pick<ParamsAbout, 'prepared' | 'scope'>): AttentionRequest {
  const { workflowId, step, attempt, node, definition } = about
  const { why, failure } = about.attention
  return {
    why,
    cause: failureKey({ workflowId, failure: { ...failure, step } }),
    code: failure.code,
    message: failure.message.slice(0, MOST_MESSAGE),
    attempts: attempt,
    node: { key: node.key, name: node.name ?? '', type: node.type, version: node.version },
    effect: effectOf(definition, node.params),
    connection: node.connection ?? null,
    ports: portsOf(definition, node),
    ...shownParams(about),
  }
}

/** Where a node has no ways of its own, one is as good as another. */
function portsOf({ ports, portsFrom }: AnyStep, { params }: DocumentNode): string[] {
  const list = portsFrom ? params[portsFrom.list] : undefined
  const named = (Array.isArray(list) ? list : []).flatMap((one): string[] => {
    const name =
      portsFrom && typeof one === 'object' && one && !Array.isArray(one) ? one[portsFrom.field] : null
    return typeof name === 'string' ? [name] : []
  })
  const all = [...named, ...(ports ?? [])]
  return all.length > 0 ? all : ['out']
}

function shownParams(about: About & Pick<ParamsAbout, 'prepared' | 'scope'>) {
  const shown = asTheyWere(about)
  return encodeJson(shown.params).length > MOST_PARAMS ? { params: null, missing: [] } : shown
}

/** All at once, as the step itself does it; where one of them is why it failed, one by one. */
function asTheyWere({ node, ...about }: About & Pick<ParamsAbout, 'prepared' | 'scope'>) {
  try {
    return { params: computedParams({ ...about, node }), missing: [] }
  } catch {
    const missing: string[] = []
    const params = Object.entries(node.params).map(([name, value]): [string, Json] => {
      try {
        return [
          name,
          computedParams({ ...about, node: { ...node, params: { [name]: value } } })[name] ?? null,
        ]
      } catch {
        missing.push(name)
        return [name, null]
      }
    })
    return { params: Object.fromEntries(params), missing }
  }
}
