import { Plus } from 'lucide-react'
import { freePort } from '../add-node.ts'
import { chosenKey } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

export const openPalette: Action = {
  id: 'openPalette',
  icon: Plus,
  shortcuts: ['/', 'Mod+K'],
  when: canEdit,
  perform: ({ store }) => {
    const state = store.getState()
    const node = state.document.nodes.find((each) => each.key === chosenKey(state))
    const port = node && freePort(state.document, { node, find: state.find })
    store.setState({
      palette: {
        ...(node && port !== undefined ? { from: { key: node.key, port } } : {}),
        ...(state.selectedEdge === null ? {} : { edge: state.selectedEdge }),
      },
    })
  },
}
