import { AlignHorizontalDistributeCenter } from 'lucide-react'
import { isFrame, sizeOf, waysOut } from '../measures.ts'
import { tidy } from '../tidy.ts'
import { edit } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

export const tidyUp: Action = {
  id: 'tidyUp',
  icon: AlignHorizontalDistributeCenter,
  shortcuts: ['Shift+L'],
  when: (editor) => canEdit(editor) && editor.store.getState().document.nodes.length > 1,
  perform: ({ store, view }) => {
    const { document, find } = store.getState()
    const change = tidy({
      document,
      isFrame: (node) => isFrame(node, find),
      portsOf: (node) => waysOut(node, find),
      sizeOf: (node) => sizeOf(node, { document, find }),
      find,
    })
    if (edit(store, change, 'tidy')) requestAnimationFrame(view.fit)
  },
}
