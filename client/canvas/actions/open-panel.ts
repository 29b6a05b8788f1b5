import { PanelRight } from 'lucide-react'
import { openPanel as open } from '../verbs.ts'
import type { Action } from './action.ts'

export const openPanel: Action = {
  id: 'openPanel',
  icon: PanelRight,
  shortcuts: ['Enter'],
  when: ({ store }) => store.getState().focused !== null,
  perform: ({ store }) => {
    const { focused, readonly } = store.getState()
    if (focused !== null) open(store, focused, readonly ? 'output' : 'parameters')
  },
}
