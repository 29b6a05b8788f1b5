import { effectOf } from '#nodes/kit/effect.ts'
import { StepFailure } from '#nodes/kit/failure.ts'
import type { Cache } from '#nodes/kit/reliability.ts'
import { inputIn, scopeIn } from '../run-scope.ts'
import type { AttemptEnd } from '../step-attempt.ts'
import { computedParams, evaluated } from '../step-params.ts'
import { cacheKey } from './cache.ts'
import type { AttemptAbout } from './guarded-attempt.ts'

interface KeptBefore {
  /** How the step ends without being done: as it did before. */
  end?: AttemptEnd
  /** Keeps how it ended, if that may be kept. */
  keep(end: AttemptEnd): Promise<void>
}

/** Looks for what the step gave before; undefined where nothing can be found, since its key cannot be computed. */
export async function keptBefore(about: AttemptAbout, cache: Cache): Promise<KeptBefore | undefined> {
  const { held, command, parts } = about
  const { step, attempt } = command
  const key = keyOf(about, cache)
  if (key === undefined) return undefined
  const of = { tenantId: held.run.tenantId, key }
  const kept = await parts.guards.cache.read(of)
  if (kept) {
    const message = `Not done again: kept since ${new Date(kept.atMs).toISOString()}.`
    held.append({ type: 'step.logged', step, attempt, message })
    return { end: { type: 'finished', port: kept.port, output: kept.output }, keep: async () => {} }
  }
  return {
    async keep(end) {
      // What somebody answered was asked of them for this run.
      if (end.type === 'finished' && !held.state.asked.has(step))
        await parts.guards.cache.write({ ...of, ageMs: cache.ageMs }, end)
    },
  }
}

/** What the output follows from. A step whose parameters fail runs, and says so itself. */
function keyOf(about: AttemptAbout, { key }: Cache): string | undefined {
  const { held, node, command, prepared } = about
  const { step } = command
  const scope = () => scopeIn(about, step)
  // As it is drawn, too: whoever changes the node wants it done anew.
  const place = [held.run.workflowId, node.key, node.type, node.version, node.connection ?? null, node.params]
  try {
    if (key) {
      const field = 'reliability.cache.key'
      return cacheKey([...place, 'key', evaluated(key.expr, { prepared, scope: scope(), field })])
    }
    const params = computedParams({ ...about, scope })
    // What reads gets all it needs in its parameters; what computes, from the wire too.
    const input = effectOf(about.definition, node.params) === 'none' ? inputIn(about, step) : null
    return cacheKey([...place, 'params', params, input])
  } catch (error) {
    if (error instanceof StepFailure && !key) return undefined
    throw error
  }
}
