import { CopyPlus } from 'lucide-react'
import { fragment, pasteEdit } from '../clipboard.ts'
import { measures } from '../measures.ts'
import { edit, select } from '../verbs.ts'
import { type Action, hasSelection } from './action.ts'

export const duplicate: Action = {
  id: 'duplicate',
  icon: CopyPlus,
  shortcuts: ['Mod+D'],
  when: hasSelection,
  perform: ({ store }) => {
    const { document, selected } = store.getState()
    const keys = [...selected]
    const parents = new Set(keys.map((key) => document.nodes.find((node) => node.key === key)?.parent))
    const [parent] = parents
    const pasted = pasteEdit(document, {
      fragment: fragment(document, keys),
      by: { x: measures.gap.y, y: measures.card.height + measures.gap.y },
      ...(parents.size === 1 && parent !== undefined ? { parent } : {}),
    })
    if (edit(store, pasted.edit)) select(store, pasted.keys)
  },
}
