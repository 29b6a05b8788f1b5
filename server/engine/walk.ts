import type { NodeKey } from '#nodes/graph/document.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Command, StepCommand } from './command.ts'
import type { StepId } from './history.ts'
import type { Opened } from './opened.ts'
import type { Plan, PlanNode } from './plan.ts'
import type { Scope } from './state.ts'

/** What walking one scope finds. */
export interface Walk {
  commands: Command[]
  /** How many steps are in flight in it. */
  busy: number
  /** The first failure that nothing in the scope catches. */
  failed?: { failure: Failure; step: StepId }
  settled: boolean
}

export interface Place {
  nodes: readonly PlanNode[]
  scope: Scope
  /** Put before a node's key, it names the step. */
  prefix: string
  root?: boolean
  /** One element of a repeating node: its only step has the iteration's own name. */
  step?: StepId
}

/** A frame or a repeating node under way, and the way to walk a scope inside it. */
export interface Inside {
  plan: Plan
  node: PlanNode
  about: StepCommand
  past: Opened
  walkInside(place: Place): Walk
}

/** A scope's output: that of the one end node that completed; of several, an object by key; of none, null. */
export function outputOf(nodes: readonly PlanNode[], scope: Scope): Json {
  const outputs: [NodeKey, Json][] = []
  for (const { key, end } of nodes) {
    const step = end ? scope.get(key) : undefined
    if (step?.status === 'finished') outputs.push([key, step.output])
  }
  if (outputs.length > 1) return Object.fromEntries(outputs)
  return outputs[0]?.[1] ?? null
}
