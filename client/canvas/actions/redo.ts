import { Redo2 } from 'lucide-react'
import { redoEdit } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

export const redo: Action = {
  id: 'redo',
  icon: Redo2,
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  when: (editor) => canEdit(editor) && editor.store.getState().history.future.length > 0,
  perform: ({ store }) => redoEdit(store),
}
