import { fail } from '#nodes/kit/failure.ts'
import type { Borrower, Lending } from '../lending.ts'
import type { StepEnd } from '../run-step.ts'
import { guardOf } from './guards.ts'
import { throughGate } from './through-gate.ts'

/** An agent waits this long for a tool’s turn; for a longer one it is told to do without. */
const PATIENCE_MS = 30_000

/** One attempt at a tool, through the limit and the breaker that its node or its connection has. */
export async function guardedTool(
  { parts, place }: Lending,
  { node, definition, signal }: Borrower,
  work: () => Promise<StepEnd>,
): Promise<StepEnd> {
  const { guards } = parts
  const { tenantId, workflowId } = place.held.run
  const found = guardOf(guards, { tenantId, workflowId, node, definition })
  const guard = found instanceof Promise ? await found : found
  if (!guard) return work()
  const end = await throughGate({ guards, guard, tenantId, signal, patienceMs: PATIENCE_MS }, work)
  if (end.type !== 'held') return end
  const seconds = Math.ceil(end.waitMs / 1_000)
  const failure = fail('rate_limited', `Its limit lets this tool be used again in ${seconds} s.`)
  return { type: 'failed', failure: failure.failure }
}
