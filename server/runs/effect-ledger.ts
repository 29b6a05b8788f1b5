import type { DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { stepName } from '#nodes/graph/step-name.ts'
import { toolName } from '#nodes/graph/tools.ts'
import { effectOf } from '#nodes/kit/effect.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import { idempotencyKey, isFelt } from '#server/runtime/effects.ts'
import type { FindDefinition } from '#server/runtime/prepare.ts'

/** One thing a run did, or may have done, to the world outside. */
export interface Effect {
  step: string
  node: NodeKey
  /** The name of a tool's call, where an agent used one. */
  name: string | null
  effect: 'idempotent' | 'once'
  /** The same for every attempt, and sent along where the other side takes one. Of the past run, where it was done there. */
  key: string | null
  attempts: number
  outcome: EffectOutcome
  failure: { code: string; message: string } | null
  startedAt: string
  endedAt: string | null
}

/** `failed`: it did not happen. `unknown`: nobody knows whether it did. `reused`: in the run this one replays. */
export type EffectOutcome =
  | 'running'
  | 'waiting'
  | 'done'
  | 'failed'
  | 'unknown'
  | 'undone'
  | 'undo_failed'
  | 'reused'

/** No answer came, so it may have arrived. */
const unanswered: ReadonlySet<string> = new Set([
  'outcome_unknown',
  'worker_crashed',
  'timeout',
  'network',
  'http_5xx',
  'cancelled',
])

/** The felt effects of a run, from its history: take in the events in order, then look at `entries`. */
export function effectLedger(about: { runId: string; document: WorkflowDocument; find: FindDefinition }) {
  const { runId, document } = about
  const nodes = new Map(document.nodes.map((node) => [node.key, node]))
  const entries = new Map<string, Effect>()

  function feltEffect(node: DocumentNode | undefined): 'idempotent' | 'once' | null {
    const definition = node && about.find(node.type, node.version)
    if (!node || definition?.role !== 'step') return null
    const effect = effectOf(definition, node.params)
    return isFelt(effect) && (effect === 'idempotent' || effect === 'once') ? effect : null
  }

  /** The entry of a step or a tool's call, made where it has an effect and none yet. */
  function entryOf(of: { step: string; name: string | null; at: number; isReused?: boolean }) {
    const { step, name, at, isReused = false } = of
    const place = name === null ? step : `${step}/${name}`
    const known = entries.get(place)
    if (known) return known
    const { parts } = stepName(step)
    const node = parts.at(-1)?.key ?? step
    const effect = feltEffect(name === null ? nodes.get(node) : toolNamed(name))
    if (!effect) return undefined
    const entry: Effect = {
      ...{ step, node, name, effect, attempts: 0, outcome: 'running', failure: null, endedAt: null },
      key: isReused ? null : idempotencyKey(runId, place),
      startedAt: timeOf(at),
    }
    entries.set(place, entry)
    return entry
  }

  /** `tool[0].send` is a call of the tool that is called `send`. */
  function toolNamed(name: string): DocumentNode | undefined {
    const called = name.slice(name.lastIndexOf('.') + 1)
    return document.nodes.find((node) => toolName(node) === called && feltEffect(node) !== null)
  }

  function take({ at, event }: StoredEvent): void {
    if (event.type === 'run.finished') {
      for (const entry of entries.values())
        if (entry.outcome === 'running') end(entry, { at, outcome: 'unknown' })
      return
    }
    if (!('step' in event) || !('attempt' in event)) return
    const { step } = event
    const known = entries.get(step)
    switch (event.type) {
      case 'step.started': {
        const entry = entryOf({ step, name: null, at })
        if (entry) begin(entry, event.attempt)
        return
      }
      case 'step.held':
        // It was not begun: it only has a turn.
        if (known) Object.assign(known, { attempts: known.attempts - 1, outcome: 'waiting' })
        return
      case 'step.waiting':
        if (known) known.outcome = 'waiting'
        return
      case 'step.suspended':
        if (known)
          known.outcome = event.attention && event.attention.why !== 'exhausted' ? 'unknown' : 'waiting'
        if (known && event.attention) known.failure = shown(event.attention.failure)
        return
      case 'step.finished': {
        const entry = event.reused ? entryOf({ step, name: null, at, isReused: true }) : known
        if (entry) end(entry, { at, outcome: event.reused ? 'reused' : 'done' })
        return
      }
      case 'step.failed': {
        const { failure } = event
        if (known) end(known, { at, outcome: unanswered.has(failure.code) ? 'unknown' : 'failed', failure })
        return
      }
      case 'step.undone':
      case 'step.undo_failed':
        if (known) known.outcome = event.type === 'step.undone' ? 'undone' : 'undo_failed'
        return
      case 'substep.started':
      case 'substep.finished':
      case 'substep.failed': {
        if (event.type === 'substep.started' && event.kind !== 'tool') return
        const place = `${step}/${event.name}`
        const isNew = event.type === 'substep.started'
        const entry = isNew ? entryOf({ step, name: event.name, at }) : entries.get(place)
        if (!entry) return
        if (event.type === 'substep.started') begin(entry, entry.attempts + 1)
        else if (event.type === 'substep.finished') end(entry, { at, outcome: 'done' })
        else {
          const { failure } = event
          end(entry, { at, outcome: unanswered.has(failure.code) ? 'unknown' : 'failed', failure })
        }
        return
      }
      case 'step.opened':
      case 'step.logged':
      case 'step.caught':
      case 'iteration.closed':
        return
      default:
        event satisfies never
    }
  }

  return { take, entries: () => [...entries.values()] }
}

function begin(entry: Effect, attempt: number) {
  Object.assign(entry, { outcome: 'running', failure: null, endedAt: null })
  entry.attempts = Math.max(entry.attempts, attempt)
}

function end(
  entry: Effect,
  {
    at,
    outcome,
    failure,
  }: { at: number; outcome: EffectOutcome; failure?: { code: string; message: string } },
) {
  entry.outcome = outcome
  entry.endedAt = timeOf(at)
  entry.failure = failure ? shown(failure) : null
}

const shown = ({ code, message }: { code: string; message: string }) => ({ code, message })
const timeOf = (at: number) => new Date(at).toISOString()
