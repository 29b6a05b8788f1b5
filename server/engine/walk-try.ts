import type { Json } from '#nodes/kit/json.ts'
import type { PlanNode } from './plan.ts'
import { type Inside, outputOf, type Walk } from './walk.ts'
import { failedBy } from './walk-iterations.ts'

type Found = Pick<Walk, 'commands' | 'busy'>
/** `end`: what it gave, or why it failed, once nothing of it is left to walk or in flight. */
type Part = Found & { end?: { output: Json } | { failed: NonNullable<Walk['failed']> } }

/**
 * Walks a *try*: its body, what catches if the body failed, what comes last in any case. All of it is one scope, so
 * that what catches reads what the body did. Which part has its turn follows from the state; only the failure that was
 * caught is written down.
 */
export function walkTry({ plan, node, about, past, walkInside }: Inside): Found {
  const scope = past.open.get(0) ?? new Map()
  const catches = plan.catches.get(node.key) ?? []

  let main = walked(plan.bodies.get(node.key))
  if (main.end && 'failed' in main.end && catches.length > 0) {
    const { failure, step } = main.end.failed
    if (!past.caught) return { commands: [{ type: 'catch-step', ...about, failure, cause: step }], busy: 0 }
    main = walked(catches)
  }
  if (!main.end) return main
  const last = walked(plan.finals.get(node.key))
  if (!last.end) return last
  const end = 'failed' in last.end ? last.end : main.end
  const command =
    'failed' in end
      ? failedBy(about, end.failed)
      : ({ type: 'close-step', ...about, output: end.output } as const)
  return { commands: [command], busy: 0 }

  function walked(nodes: readonly PlanNode[] = []): Part {
    const { commands, busy, failed, settled } = walkInside({ nodes, scope, prefix: `${about.step}[0].` })
    if (failed) return { commands: [], busy, ...(busy === 0 ? { end: { failed } } : {}) }
    return { commands, busy, ...(settled ? { end: { output: outputOf(nodes, scope) } } : {}) }
  }
}
