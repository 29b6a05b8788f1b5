import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, type LucideIcon } from 'lucide-react'
import { type Direction, neighbour } from '../places.ts'
import { select } from '../verbs.ts'
import type { Action, ActionId } from './action.ts'

function moveFocus(about: { id: ActionId; icon: LucideIcon; direction: Direction; key: string }): Action {
  const { id, icon, direction, key } = about
  return {
    id,
    icon,
    shortcuts: [key],
    when: ({ store }) => store.getState().document.nodes.length > 0,
    perform: ({ store, view }) => {
      const { document, focused } = store.getState()
      const next = neighbour(document, { from: focused, direction })
      if (next === null) return
      select(store, [next])
      view.reveal(next)
    },
  }
}

export const moveFocusActions: readonly Action[] = [
  moveFocus({ id: 'focusLeft', icon: ArrowLeft, direction: 'left', key: 'ArrowLeft' }),
  moveFocus({ id: 'focusRight', icon: ArrowRight, direction: 'right', key: 'ArrowRight' }),
  moveFocus({ id: 'focusUp', icon: ArrowUp, direction: 'up', key: 'ArrowUp' }),
  moveFocus({ id: 'focusDown', icon: ArrowDown, direction: 'down', key: 'ArrowDown' }),
]
