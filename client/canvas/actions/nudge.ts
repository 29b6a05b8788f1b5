import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, type LucideIcon } from 'lucide-react'
import type { Point } from '../document.ts'
import { movedWithTools } from '../tools.ts'
import { edit } from '../verbs.ts'
import { type Action, type ActionId, hasSelection } from './action.ts'

const STEP = 12

function nudge(about: { id: ActionId; icon: LucideIcon; by: Point; key: string }): Action {
  const { id, icon, by, key } = about
  return {
    id,
    icon,
    shortcuts: [`Shift+${key}`],
    when: hasSelection,
    perform: ({ store }) => {
      const { document, selected } = store.getState()
      const to = document.nodes
        .filter((node) => selected.has(node.key))
        .map(({ key, position }) => ({ key, position: { x: position.x + by.x, y: position.y + by.y } }))
      edit(store, { type: 'move', to: movedWithTools(document, to) })
    },
  }
}

export const nudgeActions: readonly Action[] = [
  nudge({ id: 'nudgeLeft', icon: ArrowLeft, by: { x: -STEP, y: 0 }, key: 'ArrowLeft' }),
  nudge({ id: 'nudgeRight', icon: ArrowRight, by: { x: STEP, y: 0 }, key: 'ArrowRight' }),
  nudge({ id: 'nudgeUp', icon: ArrowUp, by: { x: 0, y: -STEP }, key: 'ArrowUp' }),
  nudge({ id: 'nudgeDown', icon: ArrowDown, by: { x: 0, y: STEP }, key: 'ArrowDown' }),
]
