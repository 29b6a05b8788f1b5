import type { NodeKey } from '#nodes/graph/document.ts'
import type { Graph } from '#nodes/graph/graph.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { RunEvent, StepId } from '#server/engine/history.ts'
import { type Ended, outermost, type Past } from './past.ts'
import { type ReplayProblem, replayProblem } from './problems.ts'

/** A step that is not run again: how it ended in the past run, or with the output somebody gave. */
export interface Taken {
  step: NodeKey
  event: Ended
}

/** What a replay takes over, and what it runs. */
export interface ReplayPlan {
  /** Where it begins: the chosen step, or the outermost frame around it. */
  from: NodeKey
  trigger: NodeKey
  /** The value of `trigger`. */
  input: Json
  taken: Taken[]
  /** Nodes that get a turn if the wires that lead to them are taken. */
  runs: NodeKey[]
  /** What they did was undone: they run again, with all that comes after them. */
  undone: NodeKey[]
  /** They failed and would be tried again, unless somebody gives their output. */
  givable: NodeKey[]
  /** What makes it impossible; empty when it can begin. */
  problems: ReplayProblem[]
}

export interface ReplayAbout {
  past: Past
  /** What the past run walked, and what the replay would walk. */
  before: Graph
  graph: Graph
  from: StepId
  /** Outputs to take instead of those of the past run, by step. */
  outputs: Readonly<Record<NodeKey, Json>>
  /** Whether a node has the way out `out`, which a step that failed takes with an output that was given. */
  hasOut: (key: NodeKey) => boolean
}

/** Everything that ended and does not come after the chosen step is taken over. Pure. */
export function planReplay(about: ReplayAbout): ReplayPlan {
  const { past, graph, outputs } = about
  const from = outermost(about.from)
  const { trigger } = past
  const empty = {
    from,
    trigger: trigger?.key ?? '',
    input: null,
    taken: [],
    runs: [],
    undone: [],
    givable: [],
  }
  if (!trigger) return { ...empty, problems: [replayProblem('history_gone')] }
  const input = Object.hasOwn(outputs, trigger.key) ? (outputs[trigger.key] ?? null) : trigger.output
  const problems = whyNotFrom(about, { from, trigger: trigger.key })
  if (problems.length > 0) return { ...empty, input, problems }

  const meant = reachable(graph, [trigger.key])
  const undone = [...past.undone].filter((key) => meant.has(key))
  const again = reachable(graph, [from, ...undone])
  // A node that nothing leads to any more would not have run in this version.
  const isLoose = (key: NodeKey) => {
    const node = graph.nodes.get(key)
    return node !== undefined && node.parent === undefined && !meant.has(key)
  }
  const taken = takenOver(about, again).filter(({ step }) => !isLoose(step))
  const kept = new Set([trigger.key, ...taken.map(({ step }) => step)])
  return {
    ...{ from, trigger: trigger.key, input, taken },
    runs: [...meant].filter((key) => from === key || !kept.has(key)),
    undone: undone.filter((key) => key !== from),
    givable: [...past.steps.keys()].filter(
      (key) => meant.has(key) && !again.has(key) && !kept.has(key) && about.hasOut(key),
    ),
    problems: [...whyNotTaken(about, taken), ...whyNotEdited(about, kept)],
  }
}

/** The history a replay begins with, after `run.started`. */
export const seedOf = ({ taken }: Pick<ReplayPlan, 'taken'>): RunEvent[] => taken.map(({ event }) => event)

function whyNotFrom(
  { past, graph, before }: ReplayAbout,
  { from, trigger }: { from: NodeKey; trigger: NodeKey },
): ReplayProblem[] {
  if (graph.nodes.get(trigger)?.type !== before.nodes.get(trigger)?.type)
    return [replayProblem('trigger_gone', trigger)]
  if (!graph.nodes.has(from)) return [replayProblem('step_gone', from)]
  const isMeant = reachable(graph, [past.trigger?.key ?? trigger]).has(from)
  return isMeant ? [] : [replayProblem('step_apart', from)]
}

function takenOver({ past, graph, outputs, hasOut }: ReplayAbout, again: ReadonlySet<NodeKey>): Taken[] {
  return [...past.steps].flatMap(([step, event]): Taken[] => {
    if (again.has(step)) return []
    const given = Object.hasOwn(outputs, step) ? outputs[step] : undefined
    if (given !== undefined && (event.type === 'step.finished' || hasOut(step))) {
      const port = event.type === 'step.finished' ? event.port : 'out'
      const output = { type: 'step.finished', step, attempt: 1, port, output: given } as const
      return [{ step, event: { ...output, reused: true, edited: true } }]
    }
    if (event.type === 'step.finished') {
      // What it had done is the past run's to undo.
      const { edited: _, undo: __, ...same } = event
      return [{ step, event: { ...same, attempt: 1, reused: true } }]
    }
    if (!isFinal({ past, graph }, event)) return []
    const failure = { code: event.failure.code, message: event.failure.message, retryable: false }
    return [{ step, event: { ...event, attempt: 1, failure, reused: true } }]
  })
}

/** A failure that the error wire took, or would take in this version: nothing more was to be tried. */
function isFinal(
  { past, graph }: Pick<ReplayAbout, 'past' | 'graph'>,
  end: Extract<Ended, { type: 'step.failed' }>,
): boolean {
  const caught = graph.outOf(end.step).filter(({ port }) => port === 'error')
  if (caught.length === 0) return false
  const failedRun = past.failedAt !== null && outermost(past.failedAt) === end.step
  return !end.failure.retryable || failedRun || caught.some(({ to }) => past.begun.has(to))
}

/** A step whose node is another one now would give what nobody expects, and one that is gone would be done twice. */
function whyNotTaken({ before, graph }: ReplayAbout, taken: readonly Taken[]): ReplayProblem[] {
  return taken.flatMap(({ step }) => {
    const [old, now] = [before.nodes.get(step), graph.nodes.get(step)]
    if (!now) return [replayProblem('taken_gone', step)]
    const isSame =
      old?.type === now.type && (old.repeat === undefined) === (now.repeat === undefined) && !now.parent
    return isSame ? [] : [replayProblem('taken_changed', step)]
  })
}

function whyNotEdited({ past, outputs }: ReplayAbout, kept: ReadonlySet<NodeKey>): ReplayProblem[] {
  return Object.keys(outputs).flatMap((step) => {
    if (kept.has(step)) return []
    return [replayProblem(past.begun.has(step) ? 'edit_not_taken' : 'edit_unknown', step)]
  })
}

/** These and what comes after them; not what undoes them, nor tools. */
function reachable(graph: Graph, keys: readonly NodeKey[]): Set<NodeKey> {
  const found = new Set(keys)
  for (const key of found) for (const { to } of graph.outOf(key)) found.add(to)
  return found
}
