import type { NodeKey } from '#nodes/graph/document.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import { retryDelay } from '#nodes/kit/reliability.ts'
import { resumedAfter } from './attention.ts'
import type { RunOutcome, StepId } from './history.ts'
import { givenBy, type Opened } from './opened.ts'
import type { Plan, PlanNode } from './plan.ts'
import type { RunState, Scope } from './state.ts'

interface StepCommand {
  step: StepId
  node: NodeKey
  attempt: number
}

/** What must happen next. The engine asks; the runtime obeys. */
export type Command =
  /** `delayMs` counts from `sinceMs`, when the attempt before it failed. */
  | ({ type: 'run-step'; delayMs: number; sinceMs: number } & StepCommand)
  /** Find the list of a frame or a repeating node. */
  | ({ type: 'open-step' } & StepCommand)
  | ({ type: 'close-iteration'; index: number; output: Json } & StepCommand)
  /** Every iteration is closed. */
  | ({ type: 'close-step'; output: Json } & StepCommand)
  /** An iteration failed and nothing of it is in flight any more. */
  | ({ type: 'fail-step'; failure: Failure; cause: StepId } & StepCommand)
  | { type: 'finish-run'; status: RunOutcome; output: Json; failure?: Failure & { step?: StepId } }

/** Where a step's turn went: out of a port (its name), nowhere, or not known yet. */
type Exit = string | typeof nowhere | typeof pending
const nowhere = Symbol('nowhere')
const pending = Symbol('pending')

/** What walking one scope finds. */
interface Walk {
  commands: Command[]
  /** How many steps are in flight in it. */
  busy: number
  /** The first failure that nothing in the scope catches. */
  failed?: { failure: Failure; step: StepId }
  settled: boolean
}

/**
 * Given the workflow and what has happened so far, says what to do next.
 * Pure: same inputs, same commands; no clock, no I/O, no randomness.
 */
export function decide(plan: Plan, state: RunState): Command[] {
  if (state.status === 'finished' || state.trigger === null) return []
  const walk = walkScope(plan, { nodes: plan.root, scope: state.root, prefix: '', root: true })
  const finish = (command: Command): Command[] => (walk.busy > 0 ? [] : [command])

  if (state.status === 'cancelling') return finish({ type: 'finish-run', status: 'cancelled', output: null })
  if (walk.failed) {
    const failure = { ...walk.failed.failure, step: walk.failed.step }
    return finish({ type: 'finish-run', status: 'failed', output: null, failure })
  }
  if (!walk.settled) return walk.commands
  return [{ type: 'finish-run', status: 'succeeded', output: outputOf(plan.root, state.root) }]
}

interface Place {
  nodes: readonly PlanNode[]
  scope: Scope
  /** Put before a node's key, it names the step. */
  prefix: string
  root?: boolean
  /** One element of a repeating node: its only step has the iteration's own name. */
  step?: StepId
}

/** Walks one scope: the whole workflow, or one iteration of a frame or of a repeating node. */
function walkScope(plan: Plan, { nodes, scope, prefix, root, step: only }: Place): Walk {
  const walk: Walk = { commands: [], busy: 0, settled: true }
  const exits = new Map<NodeKey, Exit>()
  for (const node of nodes) {
    const exit = visit(node, only ?? prefix + node.key)
    exits.set(node.key, exit)
    if (exit === pending) walk.settled = false
  }
  return walk

  function visit(node: PlanNode, step: StepId): Exit {
    const past = scope.get(node.key)
    switch (past?.status) {
      case undefined: {
        const turn = turnOf(node)
        if (turn === 'come') ask(node, { step, node: node.key, attempt: 1 })
        return turn === 'skipped' ? nowhere : pending
      }
      case 'interrupted':
        ask(node, { step, node: node.key, attempt: past.attempt })
        return pending
      case 'started':
        walk.busy++
        return pending
      case 'waiting':
        return pending
      case 'suspended':
        if (past.answered) ask(node, { step, node: node.key, attempt: past.attempt })
        return pending
      case 'opened':
        walkIterations(node, step, past)
        return pending
      case 'finished':
        return past.port
      case 'failed': {
        const delayMs = retryDelay(node.retry, past.attempt - resumedAfter(past.records), past.failure)
        if (delayMs !== null) {
          ask(node, { step, node: node.key, attempt: past.attempt + 1, delayMs, sinceMs: past.at })
          return pending
        }
        if (node.caught) return 'error'
        walk.failed ??= { failure: past.failure, step: past.cause ?? step }
        return nowhere
      }
      default:
        return past satisfies never
    }
  }

  /** A node's turn comes when every way into it is settled and at least one was taken. */
  function turnOf(node: PlanNode): 'come' | 'skipped' | 'not yet' {
    let taken = false
    for (const { from, port } of node.ways) {
      const exit = exits.get(from)
      if (exit === pending) return 'not yet'
      taken ||= exit === port
    }
    // At the top level only a trigger starts anything: other triggers and loose nodes have no turn.
    if (node.ways.length === 0) return root ? 'skipped' : 'come'
    return taken ? 'come' : 'skipped'
  }

  function ask(node: PlanNode, about: StepCommand & { delayMs?: number; sinceMs?: number }) {
    walk.commands.push(
      node.kind === 'step'
        ? { type: 'run-step', delayMs: 0, sinceMs: 0, ...about }
        : { type: 'open-step', step: about.step, node: about.node, attempt: about.attempt },
    )
  }

  function walkIterations(node: PlanNode, step: StepId, past: Opened & { attempt: number }) {
    const body = plan.bodies.get(node.key) ?? []
    const about = { step, node: node.key, attempt: past.attempt }
    const commands: Command[] = []
    let failed: Walk['failed']
    let busy = 0
    for (const [index, scope] of past.open) {
      const name = `${step}[${index}]`
      const place = {
        nodes: body,
        scope,
        prefix: `${name}.`,
        step: node.kind === 'repeat' ? name : undefined,
      }
      const inside = walkScope(plan, place)
      busy += inside.busy
      failed ??= inside.failed
      commands.push(...inside.commands)
      if (inside.settled && !inside.failed)
        commands.push({ type: 'close-iteration', ...about, index, output: outputOf(body, scope) })
    }
    walk.busy += busy
    if (failed) {
      // Nothing new starts in it; what is in flight ends first.
      if (busy > 0) return
      const failure = { code: failed.failure.code, message: failed.failure.message, retryable: false }
      walk.commands.push({ type: 'fail-step', ...about, failure, cause: failed.step })
      return
    }
    const given = givenBy(past)
    if (given) walk.commands.push({ type: 'close-step', ...about, ...given })
    else walk.commands.push(...commands)
  }
}

/** A scope's output: that of the one end node that completed; of several, an object by key; of none, null. */
function outputOf(nodes: readonly PlanNode[], scope: Scope): Json {
  const outputs: [NodeKey, Json][] = []
  for (const { key, end } of nodes) {
    const step = end ? scope.get(key) : undefined
    if (step?.status === 'finished') outputs.push([key, step.output])
  }
  if (outputs.length > 1) return Object.fromEntries(outputs)
  return outputs[0]?.[1] ?? null
}
