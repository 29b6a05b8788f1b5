import type { Effect } from './define-node.ts'
import type { JsonObject } from './json.ts'

/** With one of these values of a parameter, fixed in the drawing, a node only reads. Data, so that the browser reads it too. */
export interface ReadsWhen {
  param: string
  is: readonly string[]
  /** It only reads where nothing was filled in, too. */
  absent?: true
}

/** What repeating a node would do, as it is drawn. A computed parameter may come to anything: then it is the node's own. */
export function effectOf(node: { effect: Effect; readsWhen?: ReadsWhen }, params: JsonObject): Effect {
  const { effect, readsWhen } = node
  if (!readsWhen) return effect
  const value = params[readsWhen.param]
  const reads =
    value === undefined
      ? readsWhen.absent === true
      : typeof value === 'string' && readsWhen.is.includes(value)
  return reads ? 'read' : effect
}

/** Whether what a node gives may be kept and given again: doing it once more would change nothing, and nobody is asked. */
export function canCache(
  node: { effect: Effect; readsWhen?: ReadsWhen; group: string; takesTools?: true },
  params: JsonObject,
): boolean {
  const effect = effectOf(node, params)
  return (effect === 'none' || effect === 'read') && node.group !== 'person' && !node.takesTools
}
