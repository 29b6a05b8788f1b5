import { PackageOpen } from 'lucide-react'
import { measures, sizeOf } from '../measures.ts'
import { chosenKey, edit } from '../verbs.ts'
import { type Action, canEdit, type Editor } from './action.ts'

const chosenInFrame = ({ store }: Editor) => {
  const state = store.getState()
  const node = state.document.nodes.find((each) => each.key === chosenKey(state))
  const frame = state.document.nodes.find((each) => each.key === node?.parent)
  return node && frame ? { node, frame } : null
}

/** Takes a node out of its frame and puts it under it. */
export const leaveFrame: Action = {
  id: 'leaveFrame',
  icon: PackageOpen,
  shortcuts: [],
  when: (editor) => canEdit(editor) && chosenInFrame(editor) !== null,
  perform: (editor) => {
    const chosen = chosenInFrame(editor)
    if (!chosen) return
    const { node, frame } = chosen
    const y = frame.position.y + sizeOf(frame, editor.store.getState()).height + measures.gap.y
    const position = { x: frame.position.x + node.position.x, y }
    edit(editor.store, { type: 'set-parent', key: node.key, parent: frame.parent, position })
  },
}
