import { Undo2 } from 'lucide-react'
import { undoEdit } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

export const undo: Action = {
  id: 'undo',
  icon: Undo2,
  shortcuts: ['Mod+Z'],
  when: (editor) => canEdit(editor) && editor.store.getState().history.past.length > 0,
  perform: ({ store }) => undoEdit(store),
}
