import { Keyboard } from 'lucide-react'
import type { Action } from './action.ts'

export const showShortcuts: Action = {
  id: 'showShortcuts',
  icon: Keyboard,
  shortcuts: ['?'],
  when: () => true,
  perform: ({ store }) => store.setState({ shortcuts: true }),
}
