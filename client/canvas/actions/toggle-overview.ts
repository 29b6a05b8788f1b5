import { Map as MapIcon } from 'lucide-react'
import { remember } from '../../lib/storage.ts'
import { LARGE } from '../overview.ts'
import type { Action } from './action.ts'

export const toggleOverview: Action = {
  id: 'toggleOverview',
  icon: MapIcon,
  shortcuts: ['M'],
  when: ({ store }) => store.getState().document.nodes.length >= LARGE,
  pressed: ({ store }) => store.getState().overview,
  perform: ({ store }) => {
    const overview = !store.getState().overview
    remember('overview', overview ? 'open' : 'closed')
    store.setState({ overview })
  },
}
