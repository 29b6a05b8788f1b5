import { CopyPlus } from 'lucide-react'
import { fragment, pasteEdit } from '../clipboard.ts'
import type { Edit } from '../document.ts'
import { measures } from '../measures.ts'
import { lendCopies } from '../tools.ts'
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
    const lend = lendCopies(document, pasted.copies)
    const change: Edit = lend.length > 0 ? { type: 'all', edits: [pasted.edit, ...lend] } : pasted.edit
    if (edit(store, change, 'paste')) select(store, pasted.keys)
  },
}
