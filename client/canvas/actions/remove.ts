import { Trash2 } from 'lucide-react'
import { removeNodes } from '../add-node.ts'
import { edgeId } from '../patch.ts'
import { edit } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

export const remove: Action = {
  id: 'remove',
  icon: Trash2,
  shortcuts: ['Delete', 'Backspace'],
  when: (editor) => {
    const { selected, selectedEdge } = editor.store.getState()
    return canEdit(editor) && (selected.size > 0 || selectedEdge !== null)
  },
  perform: ({ store }) => {
    const { document, selected, selectedEdge } = store.getState()
    if (selected.size > 0) edit(store, removeNodes(document, [...selected]))
    else {
      edit(store, {
        type: 'disconnect',
        edges: document.edges.filter((edge) => edgeId(edge) === selectedEdge),
      })
    }
    store.setState({ selected: new Set(), focused: null, selectedEdge: null })
  },
}
