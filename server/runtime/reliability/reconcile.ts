import type { AnyStep } from '#nodes/kit/define-node.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import { isJsonObject } from '#nodes/kit/json.ts'
import { noRetry, retryDelay, retryPolicy } from '#nodes/kit/reliability.ts'
import { type AttemptEnd, attemptStep } from '../step-attempt.ts'
import type { AttemptAbout } from './guarded-attempt.ts'

/** What the other side says of an attempt whose end nobody saw. */
type Said = { happened: true; end: AttemptEnd } | { happened: false } | null

/** Before a step of which nobody knows whether it happened: how it ends, or null when it may run. */
export async function askedBefore(about: AttemptAbout, doubt: Failure): Promise<AttemptEnd | null> {
  const said = await ask(about)
  if (!said) return { type: 'failed', failure: doubt }
  return said.happened ? said.end : null
}

/** After an attempt: how it ended, or what the other side says where nobody knows. */
export async function askedAfterwards(about: AttemptAbout, end: AttemptEnd): Promise<AttemptEnd> {
  if (end.type !== 'failed' || !isInDoubt(about, end.failure)) return end
  const said = await ask(about)
  if (!said) return end
  if (said.happened) return said.end
  if (end.failure.code !== 'outcome_unknown') return end
  const message = `${end.failure.message} The other side says that it did not happen.`
  return { type: 'failed', failure: { code: 'not_happened', message, retryable: true } }
}

/** What may have arrived though no answer came. What has a key is simply sent again, until there is no attempt left. */
const unanswered: ReadonlySet<string> = new Set(['timeout', 'network', 'http_5xx'])

function isInDoubt({ command, node, definition }: AttemptAbout, failure: Failure): boolean {
  if (failure.code === 'outcome_unknown') return true
  const policy = retryPolicy(definition.retry ?? noRetry, node.reliability)
  return unanswered.has(failure.code) && retryDelay(policy, command.attempt, failure) === null
}

async function ask(about: AttemptAbout): Promise<Said> {
  const { held, command, definition, signal } = about
  const asking = askingOf(definition)
  if (!asking || signal.aborted) return null
  const end = await attemptStep({ ...about, definition: asking })
  const said = end.type === 'finished' && isJsonObject(end.output) ? end.output : null
  const message = said
    ? `Asked the other side: it ${said.happened === true ? 'had' : 'had not'} happened.`
    : 'Asked the other side whether it had happened: it could not say.'
  held.append({ type: 'step.logged', step: command.step, attempt: command.attempt, message })
  if (!said) return null
  if (said.happened !== true) return { happened: false }
  return { happened: true, end: { type: 'finished', port: 'out', output: said.output ?? null } }
}

const askings = new WeakMap<AnyStep, AnyStep>()

/** The node that asks instead of doing: with the same parameters and connection, and no effect. */
function askingOf(definition: AnyStep): AnyStep | undefined {
  const { reconcile } = definition
  if (!reconcile) return undefined
  const known = askings.get(definition)
  if (known) return known
  const asking: AnyStep = { ...definition, effect: 'read', run: (ctx) => reconcile.call(definition, ctx) }
  askings.set(definition, asking)
  return asking
}
