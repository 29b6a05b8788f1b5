import { BoxSelect } from 'lucide-react'
import { select } from '../verbs.ts'
import type { Action } from './action.ts'

export const selectAll: Action = {
  id: 'selectAll',
  icon: BoxSelect,
  shortcuts: ['Mod+A'],
  when: ({ store }) => store.getState().document.nodes.length > 0,
  perform: ({ store }) => {
    select(
      store,
      store.getState().document.nodes.map((node) => node.key),
    )
  },
}
