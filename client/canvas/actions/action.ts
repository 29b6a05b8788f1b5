import type { LucideIcon } from 'lucide-react'
import type { editor as messages } from '../../lib/messages/en/editor.ts'
import type { Point } from '../document.ts'
import type { EditorStore } from '../store.ts'

/** What an action may touch. */
export interface Editor {
  store: EditorStore
  view: CanvasView
  /** Saves the draft now; absent where nothing is saved. */
  save?: () => void
}

/** The part of the canvas that is looked at. */
export interface CanvasView {
  /** The middle of what is seen, in the drawing's coordinates. */
  centre: () => Point
  fit: () => void
  zoom: (factor: number) => void
  /** Brings a node into sight and gives it the keyboard. */
  reveal: (key: string) => void
}

export type ActionId = keyof typeof messages.actions

/** One thing a user can do; toolbar, menu, shortcut list and palette read the same object. */
export interface Action {
  /** Also its message, under `actions`. */
  id: ActionId
  icon: LucideIcon
  /** Such as `Mod+Shift+Z`; the first one is shown. */
  shortcuts: readonly string[]
  /** The browser's own clipboard event does it, for scripts may not read the clipboard unasked. */
  byEvent?: true
  /** Whether it can be done now. */
  when: (editor: Editor) => boolean
  /** Of what is on or off: whether it is on. */
  pressed?: (editor: Editor) => boolean
  perform: (editor: Editor) => void | Promise<void>
}

export function canEdit({ store }: Editor): boolean {
  return !store.getState().readonly
}

export function hasSelection(editor: Editor): boolean {
  return canEdit(editor) && editor.store.getState().selected.size > 0
}
