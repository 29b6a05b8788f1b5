import { Scissors } from 'lucide-react'
import { edit } from '../verbs.ts'
import { type Action, hasSelection } from './action.ts'
import { copyChosen } from './copy.ts'

export const cut: Action = {
  id: 'cut',
  icon: Scissors,
  shortcuts: ['Mod+X'],
  byEvent: true,
  when: hasSelection,
  perform: async (editor) => {
    const keys = [...editor.store.getState().selected]
    await copyChosen(editor)
    edit(editor.store, { type: 'remove', keys })
  },
}
