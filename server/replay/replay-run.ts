import { findInfo } from '#nodes/catalog-info.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import { portsOf } from '#nodes/graph/ports.ts'
import type { Json } from '#nodes/kit/json.ts'
import { encodeJson } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { eachPage } from '#server/runs/each-page.ts'
import { encodeEvent } from '#server/runtime/event-json.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { isTooDeep, MOST_BYTES } from '#server/runtime/step-output.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { addToPast, emptyPast, outermost } from './past.ts'
import { planReplay, type ReplayPlan, seedOf } from './plan-replay.ts'
import { type ReplayProblem, replayProblem } from './problems.ts'
import { loadTarget, type ReplayTarget, type ReplayVersion } from './target.ts'

/** What a replay may take over in all. */
const MOST_TAKEN_BYTES = 32 * 1024 * 1024

export interface ReplayRequest {
  id: string
  /** The step it begins at; one inside a frame stands for the whole frame. */
  from: string
  version: ReplayVersion
  /** Outputs to take instead of those of the past run, by step; the trigger's is the input. */
  outputs: Readonly<Record<string, Json>>
}

/** What a replay would take over and what it would run, or why it cannot be. */
export async function previewReplay(scope: TenantScope, request: ReplayRequest) {
  const { target, plan } = await look(scope, request)
  return {
    from: plan.from,
    /** The chosen step is inside a frame or a list: all of that runs again. */
    inside: plan.from !== request.from,
    version: target.version,
    choices: target.choices,
    taken: plan.taken.map(({ step, event }) => ({
      step,
      failed: event.type === 'step.failed',
      edited: event.type === 'step.finished' && event.edited === true,
    })),
    runs: plan.runs,
    undone: plan.undone,
    givable: plan.givable,
    problems: plan.problems,
  }
}

/** Starts a run that goes on from a step of a past one: what came before is taken over, not done again. */
export async function replayRun(
  { scope, runtime }: { scope: TenantScope; runtime: Runtime },
  { startedBy, ...request }: ReplayRequest & { startedBy: 'manual' | 'api' },
): Promise<{ runId: string }> {
  const { target, plan } = await look(scope, request)
  const [problem] = plan.problems
  if (problem) throw refusal(problem, plan.problems)
  const { runId } = await runtime.accept({
    tenantId: scope.tenant.id,
    workflowId: target.workflowId,
    version: target.version,
    ...(target.version === null ? { document: target.document } : {}),
    triggerKey: plan.trigger,
    startedBy,
    input: plan.input,
    actor: scope.actor,
    replay: { of: request.id, from: plan.from, events: seedOf(plan) },
  })
  return { runId }
}

async function look(
  scope: TenantScope,
  request: ReplayRequest,
): Promise<{ target: ReplayTarget; plan: ReplayPlan }> {
  const { id, from, outputs } = request
  const target = await loadTarget(scope, request)
  const graph = toGraph(target.document)
  const past = emptyPast()
  for await (const page of eachPage(scope, { id })) for (const { event } of page) addToPast(past, event)
  const plan = planReplay({
    ...{ past, graph, from, outputs, before: toGraph(target.before) },
    hasOut: (key) => {
      const node = graph.nodes.get(key)
      const info = node && findInfo(node.type, node.version)
      return node !== undefined && (info === undefined || portsOf(node, info).includes('out'))
    },
  })
  const problems = [...target.problems, ...plan.problems, ...tooMuch(request, plan)]
  // A run that goes on has no whole past: what else is wrong with it says nothing.
  return { target, plan: { ...plan, problems: target.problems.length > 0 ? target.problems : problems } }
}

function tooMuch({ outputs }: ReplayRequest, plan: ReplayPlan): ReplayProblem[] {
  const large = Object.entries(outputs).flatMap(([step, output]) =>
    isTooDeep(output) || Buffer.byteLength(encodeJson(output)) > MOST_BYTES
      ? [replayProblem('edit_too_large', outermost(step))]
      : [],
  )
  if (large.length > 0) return large
  const bytes = seedOf(plan).reduce((sum, event) => sum + Buffer.byteLength(encodeEvent(event)), 0)
  return bytes > MOST_TAKEN_BYTES ? [replayProblem('too_large')] : []
}

function refusal({ code, message }: ReplayProblem, problems: ReplayProblem[]): AppError {
  const kind = code === 'run_not_ended' || code === 'history_gone' || code === 'not_published'
  return new AppError(kind ? 'conflict' : 'invalid', message, {
    issues: problems.map((one) => ({ path: one.step ?? 'from', message: one.message })),
  })
}
