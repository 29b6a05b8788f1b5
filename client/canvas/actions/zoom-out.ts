import { ZoomOut } from 'lucide-react'
import type { Action } from './action.ts'

export const zoomOut: Action = {
  id: 'zoomOut',
  icon: ZoomOut,
  shortcuts: ['Mod+-'],
  when: () => true,
  perform: ({ view }) => view.zoom(1 / 1.2),
}
