import { ClipboardPaste } from 'lucide-react'
import { type Fragment, pasteEdit, readFragment } from '../clipboard.ts'
import type { Point } from '../document.ts'
import { measures } from '../measures.ts'
import { edit, select } from '../verbs.ts'
import { type Action, canEdit, type Editor } from './action.ts'

/** Adds a piece of a drawing with its top-left corner at this place, and chooses it. */
export function pasteAt({ store }: Editor, piece: { fragment: Fragment; at: Point }): void {
  const outer = piece.fragment.nodes.filter((node) => node.parent === undefined)
  const left = outer.reduce((least, node) => Math.min(least, node.position.x), Number.POSITIVE_INFINITY)
  const top = outer.reduce((least, node) => Math.min(least, node.position.y), Number.POSITIVE_INFINITY)
  const by = { x: piece.at.x - left, y: piece.at.y - top }
  const pasted = pasteEdit(store.getState().document, { fragment: piece.fragment, by })
  if (edit(store, pasted.edit)) select(store, pasted.keys)
}

export const paste: Action = {
  id: 'paste',
  icon: ClipboardPaste,
  shortcuts: ['Mod+V'],
  byEvent: true,
  when: canEdit,
  perform: async (editor) => {
    const piece = readFragment(await navigator.clipboard.readText())
    if (!piece) return
    const { x, y } = editor.view.centre()
    pasteAt(editor, {
      fragment: piece,
      at: { x: x - measures.card.width / 2, y: y - measures.card.height / 2 },
    })
  },
}
