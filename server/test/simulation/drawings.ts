import { DocumentNode } from '#nodes/graph/document.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import type { Effect } from '#nodes/kit/define-node.ts'
import { type Plan, planOf } from '#server/engine/plan.ts'
import type { Random } from './random.ts'

export interface Drawing {
  plan: Plan
  effectOf(key: string): Effect
}

const ports = ['out', 'out', 'no', 'error'] as const
const effects: readonly Effect[] = ['none', 'idempotent', 'idempotent', 'once']

/**
 * A workflow with everything in it: branches, joins, error ways, a list of several steps, a repeating step, a *try* with
 * all its parts, and steps that are undone.
 */
export function drawingFrom(random: Random): Drawing {
  const top = ['a', 'b', 'c', 'd', 'each', 't', 'send']
  const edges: { from: string; port: string; to: string }[] = [
    { from: 'start', port: 'out', to: random.pick(top) },
  ]
  for (const [at, to] of top.entries()) {
    if (random.chance(0.3)) edges.push({ from: 'start', port: 'out', to })
    for (const from of top.slice(0, at))
      if (random.chance(0.35))
        edges.push({ from, port: from === 'each' || from === 't' ? 'out' : random.pick(ports), to })
  }
  if (random.chance(0.5)) edges.push({ from: 'pay', port: random.pick(ports), to: 'note' })
  if (random.chance(0.7)) edges.push({ from: 't', port: 'catch', to: 'mend' })
  if (random.chance(0.7)) edges.push({ from: 't', port: 'finally', to: 'tidy' })
  if (random.chance(0.5)) edges.push({ from: 'try_a', port: 'out', to: 'try_b' })

  const inside: Record<string, string> = { pay: 'each', note: 'each', unpay: 'each' }
  for (const key of ['try_a', 'try_b', 'mend', 'tidy', 'untry']) inside[key] = 't'
  const undo: Record<string, string> = {
    a: 'undo_a',
    c: 'undo_c',
    pay: 'unpay',
    try_a: 'untry',
    send: 'unsend',
  }
  const effect = new Map<string, Effect>()
  const known = [...top, ...Object.keys(inside), 'start']
  for (const [from, to] of Object.entries(undo)) {
    effect.set(from, random.chance(0.8) ? 'idempotent' : 'once')
    effect.set(to, random.chance(0.9) ? 'idempotent' : 'once')
    if (!inside[to]) known.push(to)
    edges.push({ from, port: 'undo', to })
  }
  // Of a step that is left out, what would undo it is too: it hangs on nothing.
  const nodes = [...new Set(known)].map((key) => {
    if (!effect.has(key)) effect.set(key, random.pick(effects))
    return DocumentNode.parse({
      key,
      type: key === 't' ? 'flow.try' : 'test.step',
      version: 1,
      ...(inside[key] ? { parent: inside[key] } : {}),
      ...(key === 'send' ? { repeat: { list: { expr: 'input' }, concurrency: 2 } } : {}),
    })
  })
  const plan = planOf(toGraph({ format: 1, nodes, edges }), ({ key }) => ({
    frame: key === 'each' || key === 't',
    retry: { attempts: 1 + (key.length % 3), delayMs: 5 },
  }))
  return { plan, effectOf: (key) => effect.get(key) ?? 'none' }
}
