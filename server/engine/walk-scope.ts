import type { NodeKey } from '#nodes/graph/document.ts'
import { retryDelay } from '#nodes/kit/reliability.ts'
import { resumedAfter } from './attention.ts'
import type { StepCommand } from './command.ts'
import type { StepId } from './history.ts'
import type { Opened } from './opened.ts'
import type { Plan, PlanNode } from './plan.ts'
import type { Place, Walk } from './walk.ts'
import { walkIterations } from './walk-iterations.ts'
import { walkTry } from './walk-try.ts'

/** Where a step's turn went: out of a port (its name), nowhere, or not known yet. */
type Exit = string | typeof nowhere | typeof pending
const nowhere = Symbol('nowhere')
const pending = Symbol('pending')

/** Walks one scope: the whole workflow, or one iteration of a frame or of a repeating node. */
export function walkScope(plan: Plan, { nodes, scope, prefix, root, step: only }: Place): Walk {
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
      case 'held':
        ask(node, { step, node: node.key, attempt: past.attempt, sinceMs: past.untilMs })
        return pending
      case 'suspended':
        if (past.answered) ask(node, { step, node: node.key, attempt: past.attempt })
        return pending
      case 'opened':
        enter(node, { step, node: node.key, attempt: past.attempt }, past)
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
        ? { type: 'run-step', delayMs: 0, sinceMs: 0, ...about, ...(node.undo ? { undo: true } : {}) }
        : { type: 'open-step', step: about.step, node: about.node, attempt: about.attempt },
    )
  }

  function enter(node: PlanNode, about: StepCommand, past: Opened) {
    const walkInside = (place: Place) => walkScope(plan, place)
    const inside = (node.kind === 'try' ? walkTry : walkIterations)({ plan, node, about, past, walkInside })
    walk.busy += inside.busy
    walk.commands.push(...inside.commands)
  }
}
