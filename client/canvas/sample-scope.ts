import type { NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { roots } from '#nodes/graph/expression/ast.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import {
  inputOf,
  type Visit as KnownVisit,
  type RunFacts,
  scopeOf,
  type Visits,
  visitsOf,
} from '#nodes/graph/scope.ts'
import { stepName, undoPrefix } from '#nodes/graph/step-name.ts'
import { standing } from '#nodes/graph/upstream.ts'
import type { Json } from '#nodes/kit/json.ts'
import { asidesIn } from './asides.ts'
import type { RunRecord, Visit } from './run-record.ts'

interface About {
  document: WorkflowDocument
  record: RunRecord
}

/** What a run's history tells the language of each step, the trigger among them. */
export function knownVisits({ record }: About, opened: readonly string[] = []): Visits {
  const known = new Map<string, KnownVisit>()
  for (const visit of record.visits.values())
    known.set(visit.step, knownVisit(visit, opened.includes(visit.step)))
  const { trigger } = record
  if (trigger) known.set(trigger.key, { status: 'finished', port: 'out', output: trigger.output })
  return visitsOf(known)
}

function knownVisit(visit: Visit, asOpened: boolean): KnownVisit {
  // Inside a frame, `item` is read from the frame while it is open; a past run's frame has long been closed.
  if (visit.elements && (asOpened || visit.status === 'running'))
    return { status: 'opened', items: visit.elements, ...(visit.caught ? { caught: visit.caught } : {}) }
  if (visit.status === 'done')
    return { status: 'finished', port: visit.port ?? 'out', output: visit.output ?? null }
  if (visit.status === 'failed' && visit.failure) return { status: 'failed', failure: visit.failure }
  return { status: visit.status === 'waiting' ? 'waiting' : 'started' }
}

/** The step of a node's first visit in a run: in its frames' first turns, for its first element. */
export function firstStep(document: WorkflowDocument, key: NodeKey): { step: string; frames: string[] } {
  const undone = asidesIn(document).undoes(key)
  const own = firstName(document, key)
  const last = own.slice(own.lastIndexOf('.') + 1)
  const step = undone === undefined ? own : undoPrefix(firstName(document, undone)) + last
  return { step, frames: framesOf(step) }
}

function firstName(document: WorkflowDocument, key: NodeKey): string {
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  const parts = byKey.get(key)?.repeat ? [`${key}[0]`] : [key]
  const seen = new Set([key])
  for (let at = byKey.get(key)?.parent; at !== undefined && !seen.has(at); at = byKey.get(at)?.parent) {
    seen.add(at)
    parts.unshift(`${at}[0]`)
  }
  return parts.join('.')
}

/** `each[2].send[3]` is inside `each`, and is an element of `each[2].send`; what undoes it is where it was, too. */
export function framesOf(step: string): string[] {
  const { undone, parts } = stepName(step)
  const frames = undone === undefined ? [] : framesOf(undone)
  let prefix = undone === undefined ? '' : undoPrefix(undone)
  for (const { key, index } of parts) {
    frames.push(prefix + key)
    prefix += `${key}[${index}].`
  }
  return frames
}

/** What the wire delivered to a step. */
export function stepInput(about: About, step: string): Json {
  const graph = toGraph(about.document)
  return inputOf({ graph, visits: knownVisits(about, framesOf(step)), step })
}

/** The values a node's expressions would read, as they were in a run. */
export function sampleValues(
  about: About & { key: NodeKey; facts: RunFacts; now: string },
): Record<string, Json> {
  const graph = toGraph(about.document)
  // The expressions of a tool are read where its agent is.
  const { step, frames } = firstStep(about.document, standing(graph, about.key))
  const visits = knownVisits(about, frames)
  const scope = scopeOf({ graph, visits, step, facts: about.facts, now: () => about.now })
  const values: Record<string, Json> = {}
  for (const name of roots) {
    const value = scope[name]
    if (value !== undefined) values[name] = value
  }
  return values
}
