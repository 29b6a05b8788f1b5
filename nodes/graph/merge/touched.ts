import type { DocumentNode, NodeKey } from '../document.ts'
import type { Three } from './conflict.ts'
import { type Drawn, edgeId } from './drawn.ts'
import { same } from './same.ts'

const withoutLayout = ({ position: _, size: __, ...rest }: DocumentNode) => rest

/** Whether two nodes differ in more than where they lie. */
export const differ = (one: DocumentNode | undefined, other: DocumentNode | undefined) =>
  !same(one && withoutLayout(one), other && withoutLayout(other))

/** Whether a side worked on a node: changed it, wired it, or put something into it. What it is lost with, if it goes. */
export function touched(key: NodeKey, { base, side }: { base: Drawn; side: Drawn }): boolean {
  return (
    differ(base.nodes.get(key), side.nodes.get(key)) ||
    side.at(key).some((edge) => !base.edges.has(edgeId(edge))) ||
    side.children(key).some((child) => base.nodes.get(child.key)?.parent !== key)
  )
}

/**
 * Nodes that one side put into another frame while the other side wired them to something that is not there: with
 * either choice something has to give, so it is asked.
 */
export function contestedParents({ base, mine, theirs }: Three<Drawn>): ReadonlySet<NodeKey> {
  const contested = new Set<NodeKey>()
  const parentIn = (drawn: Drawn, key: NodeKey) => drawn.nodes.get(key)?.parent
  for (const [mover, wirer] of [
    [mine, theirs],
    [theirs, mine],
  ] as const)
    for (const key of base.nodes.keys()) {
      if (!mover.nodes.has(key) || !wirer.nodes.has(key)) continue
      if (parentIn(mover, key) === parentIn(base, key)) continue
      const strays = wirer.at(key).some((edge) => {
        const other = edge.from === key ? edge.to : edge.from
        const moved = parentIn(wirer, other) !== parentIn(base, other)
        const place = mover.nodes.has(other) && !moved ? mover : wirer
        return !base.edges.has(edgeId(edge)) && parentIn(place, other) !== parentIn(mover, key)
      })
      if (strays) contested.add(key)
    }
  return contested
}
