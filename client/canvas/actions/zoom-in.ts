import { ZoomIn } from 'lucide-react'
import type { Action } from './action.ts'

export const zoomIn: Action = {
  id: 'zoomIn',
  icon: ZoomIn,
  shortcuts: ['Mod+='],
  when: () => true,
  perform: ({ view }) => view.zoom(1.2),
}
