import { Maximize } from 'lucide-react'
import type { Action } from './action.ts'

export const fitView: Action = {
  id: 'fitView',
  icon: Maximize,
  shortcuts: ['Shift+1'],
  when: () => true,
  perform: ({ view }) => view.fit(),
}
