import type { NodeKey } from './document.ts'
import type { Graph } from './graph.ts'

/** A node is entered after all that lead to it, and left after all that is in it. */
export interface Moment {
  key: NodeKey
  moment: 'enter' | 'leave'
}

/** Walks a document in the order a run would, frames' bodies inside their frames. Without recursion: frames nest deep. */
export function* walk(graph: Graph): Generator<Moment> {
  const open: { keys: readonly NodeKey[]; at: number; frame: NodeKey | undefined }[] = [
    { keys: graph.order(undefined), at: 0, frame: undefined },
  ]
  for (let scope = open.at(-1); scope; scope = open.at(-1)) {
    const key = scope.keys[scope.at++]
    if (key === undefined) {
      open.pop()
      if (scope.frame !== undefined) yield { key: scope.frame, moment: 'leave' }
    } else {
      yield { key, moment: 'enter' }
      // A scope that is nobody's child is never reached, so this ends even where parents make a circle.
      open.push({ keys: graph.order(key), at: 0, frame: key })
    }
  }
}
