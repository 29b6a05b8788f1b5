import { inputOf, type Scope, scopeAfterRound, scopeOf } from '#nodes/graph/scope.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { StepId } from '#server/engine/history.ts'
import { visitsOf } from '#server/engine/visits.ts'
import type { HeldRun } from './held-run.ts'
import type { Prepared } from './prepare.ts'

export interface RunPlace {
  held: HeldRun
  prepared: Prepared
}

/** What the expressions of a step read. */
export const scopeIn = (place: RunPlace, step: StepId): Scope => scopeOf(aboutOf(place, step))

/** What the wire delivers to a step. */
export const inputIn = ({ held, prepared }: RunPlace, step: StepId): Json =>
  inputOf({ graph: prepared.graph, visits: visitsOf(held.state, step), step })

/** What a frame that goes round reads when a round has ended. */
export const scopeAfter = (
  place: RunPlace,
  { step, ...round }: { step: StepId; index: number; output: Json },
): Scope => scopeAfterRound({ ...aboutOf(place, step), ...round })

function aboutOf({ held, prepared }: RunPlace, step: StepId) {
  const { run, state } = held
  const { root, trigger } = state
  const nowMs = held.now()
  const started = trigger === null ? undefined : root.get(trigger)
  return {
    graph: prepared.graph,
    visits: visitsOf(state, step),
    step,
    facts: {
      trigger: started?.status === 'finished' ? started.output : null,
      get run() {
        return { id: run.runId, startedAt: run.startedAt.toISOString(), startedBy: run.startedBy }
      },
      workflow: prepared.workflow,
      tenant: prepared.tenant,
    },
    now: () => new Date(nowMs).toISOString(),
  }
}
