import { EditorView } from '@codemirror/view'
import { EXPRESSION_DRAG } from '../scope.ts'

const isOurs = (event: DragEvent) => event.dataTransfer?.types.includes(EXPRESSION_DRAG) === true

/** Puts the cursor where picked data is dropped; the field around the editor then inserts it there. */
export const dropsPicked = EditorView.domEventHandlers({
  dragover(event) {
    if (isOurs(event)) event.preventDefault()
    return false
  },
  drop(event, view) {
    if (!isOurs(event)) return false
    event.preventDefault()
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY })
    if (at !== null) view.dispatch({ selection: { anchor: at } })
    view.focus()
    return true
  },
})
