import { Spline } from 'lucide-react'
import { freePort } from '../add-node.ts'
import { isTool } from '../tools.ts'
import { chosenKey } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

/** Leads a thread to a node that is there, without a mouse. */
export const connectTo: Action = {
  id: 'connectTo',
  icon: Spline,
  shortcuts: ['C'],
  when: (editor) => {
    const state = editor.store.getState()
    const key = chosenKey(state)
    return canEdit(editor) && key !== null && !isTool(state.document, key)
  },
  perform: ({ store }) => {
    const state = store.getState()
    const node = state.document.nodes.find((each) => each.key === chosenKey(state))
    if (!node) return
    const port = freePort(state.document, { node, find: state.find })
    store.setState({ palette: { from: { key: node.key, port }, existing: true } })
  },
}
