import { Save } from 'lucide-react'
import { type Action, canEdit } from './action.ts'

export const save: Action = {
  id: 'save',
  icon: Save,
  shortcuts: ['Mod+S'],
  when: (editor) => canEdit(editor) && editor.save !== undefined,
  perform: (editor) => editor.save?.(),
}
