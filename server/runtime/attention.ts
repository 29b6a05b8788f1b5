import type { DocumentNode, NodeKey } from '#nodes/graph/document.ts'
import type { Graph } from '#nodes/graph/graph.ts'
import { isUndo } from '#nodes/graph/step-name.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import { effectOf } from '#nodes/kit/effect.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import { attentionName, resumedAfter } from '#server/engine/attention.ts'
import type { Command } from '#server/engine/command.ts'
import type { Attention } from '#server/engine/history.ts'
import { type StepState, stepState } from '#server/engine/state.ts'
import { attentionRequest } from './attention-request.ts'
import { isFelt, outcomeUnknown } from './effects.ts'
import type { HeldRun } from './held-run.ts'
import { newTask } from './new-task.ts'
import type { FindDefinition, Prepared } from './prepare.ts'
import { edited, resolutionOf } from './resolution.ts'
import { scopeIn } from './run-scope.ts'
import type { AttemptEnd } from './step-attempt.ts'

type RunStep = Extract<Command, { type: 'run-step' }>

interface Ended {
  command: RunStep
  end: AttemptEnd
}

interface Place {
  held: HeldRun
  prepared: Prepared
  find: FindDefinition
}

/** How an attempt ended: one that failed and needs attention asks what is to become of it instead. */
export function orAttention(place: Place, { command, end }: Ended): Ended {
  if (end.type !== 'failed') return { command, end }
  const { held, prepared, find } = place
  const { step, attempt } = command
  const past = stepState(held.state, step)
  const drawn = prepared.graph.nodes.get(command.node)
  const definition = drawn && find(drawn.type, drawn.version)
  if (!drawn || definition?.role !== 'step' || held.state.status !== 'running' || isGivenUp(past))
    return { command, end }
  const { failure } = end
  const why = whyAttention({ prepared, past, node: drawn, definition, attempt, failure })
  if (!why || isUndo(step)) return { command, end }
  const attention: Attention = { why, failure }
  const node = edited(drawn, past)
  const { runId, workflowId } = held.run
  const request = attentionRequest({
    ...{ workflowId, step, attempt, attention, node, definition, prepared },
    scope: () => scopeIn(place, step),
  })
  const question = { kind: 'attention' as const, title: failure.message, role: 'editor' as const }
  const task = newTask({ runId, step }, { name: attentionName(attempt), ...question, request })
  return { command, end: { type: 'suspended', tasks: [task], attention } }
}

/** Somebody has decided that it failed. */
const isGivenUp = (past: StepState | undefined) => resolutionOf(past)?.how === 'fail'

function whyAttention(about: {
  prepared: Prepared
  past: StepState | undefined
  node: DocumentNode
  definition: AnyStep
  attempt: number
  failure: Failure
}): Attention['why'] | null {
  const { prepared, past, node, definition, attempt, failure } = about
  if (failure.code === 'cancelled') return null
  if (failure.code === 'outcome_unknown') return 'unknown'
  if (failure.code === 'worker_crashed' && isFelt(effectOf(definition, node.params))) return 'crashed'
  const resumed = resumedAfter(past && 'records' in past ? past.records : undefined)
  const attempts = node.reliability?.attempts ?? definition.retry?.attempts ?? 1
  if (failure.retryable && attempt - resumed < attempts) return null
  // What somebody took into their hands comes back to them: a mistake in what they changed costs no run.
  if (resumed > 0) return 'exhausted'
  return onFailure({ prepared, node }) === 'attention' ? 'exhausted' : null
}

/** What the node says; what the workflow says is for nodes whose failure nothing drawn goes on from. */
function onFailure({ prepared, node }: { prepared: Prepared; node: DocumentNode }) {
  const { graph, settings } = prepared
  if (node.reliability?.onFailure) return node.reliability.onFailure
  return isCaught(graph, node.key) ? 'fail' : settings.onFailure
}

/** Whether an error port leads on from its failure, or a catch: its own, or that of a frame around it. */
function isCaught(graph: Graph, key: NodeKey): boolean {
  if (graph.outOf(key).some(({ port }) => port === 'error')) return true
  const parent = graph.nodes.get(key)?.parent
  if (parent === undefined) return false
  const hasCatch = graph.children(parent).some((child) => graph.sectionOf(child.key) === 'catch')
  return (hasCatch && graph.sectionOf(key) === 'body') || isCaught(graph, parent)
}

/** A step that was decided about: how it ends, or with which attempt it goes on. As it was, for any other. */
export function resumed(held: HeldRun, command: RunStep): Ended | { command: RunStep; end?: undefined } {
  const { step, attempt } = command
  const past = stepState(held.state, step)
  const resolution = resolutionOf(past)
  if (!resolution || past?.status !== 'suspended' || !past.attention) return { command }
  const { failure } = past.attention
  switch (resolution.how) {
    case 'retry':
      // Nobody knows how these went, and now somebody wants them done.
      for (const [name, { status }] of past.records ?? [])
        if (status === 'begun')
          held.append({ type: 'substep.failed', step, attempt, name, failure: outcomeUnknown(name) })
      return { command: { ...command, attempt: attempt + 1 } }
    case 'skip': {
      const { output, port = 'out' } = resolution
      return { command, end: { type: 'finished', port, output } }
    }
    case 'fail':
      return { command, end: { type: 'failed', failure: { ...failure, retryable: false } } }
    default:
      return resolution satisfies never
  }
}
