import { SquareDashed } from 'lucide-react'
import { select } from '../verbs.ts'
import type { Action } from './action.ts'

export const clearSelection: Action = {
  id: 'clearSelection',
  icon: SquareDashed,
  shortcuts: ['Escape'],
  when: ({ store }) => {
    const { selected, selectedEdge, panel } = store.getState()
    return selected.size > 0 || selectedEdge !== null || panel !== null
  },
  perform: ({ store }) => {
    // The panel closes first, so that one can go on from the node it was about.
    if (store.getState().panel !== null) store.setState({ panel: null })
    else select(store, [])
  },
}
