import { useEffect } from 'react'
import type { Editor } from './actions/action.ts'
import { allActions } from './actions/all.ts'
import { pasteAt } from './actions/paste.ts'
import { remove } from './actions/remove.ts'
import { actionFor } from './actions/shortcut.ts'
import { fragment, readFragment } from './clipboard.ts'
import { measures } from './measures.ts'

/** Listens to the keyboard and the clipboard for the canvas, while nothing is being typed elsewhere. */
export function useShortcuts(editor: Editor): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return
      // Keys without Ctrl belong to what has the focus; they are ours on the canvas, or where nothing has it.
      if (!event.ctrlKey && !event.metaKey && !isOnCanvas(event.target)) return
      const action = actionFor(event, { actions: allActions, editor })
      if (!action || action.byEvent) return
      event.preventDefault()
      event.stopPropagation()
      void action.perform(editor)
    }
    const onCopy = (event: ClipboardEvent) => {
      const { document, selected } = editor.store.getState()
      if (!isOnCanvas(event.target) || selected.size === 0 || hasText()) return
      event.clipboardData?.setData('text/plain', JSON.stringify(fragment(document, [...selected]), null, 2))
      event.preventDefault()
      if (event.type === 'cut' && remove.when(editor)) void remove.perform(editor)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!isOnCanvas(event.target) || editor.store.getState().readonly) return
      const piece = readFragment(event.clipboardData?.getData('text/plain') ?? '')
      if (!piece) return
      event.preventDefault()
      const { x, y } = editor.view.centre()
      const at = { x: Math.round(x - measures.card.width / 2), y: Math.round(y - measures.card.height / 2) }
      pasteAt(editor, { fragment: piece, at })
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('copy', onCopy)
    window.addEventListener('cut', onCopy)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('copy', onCopy)
      window.removeEventListener('cut', onCopy)
      window.removeEventListener('paste', onPaste)
    }
  }, [editor])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null
  )
}

/** On the canvas, or on what only surrounds it: a click on the ground gives the focus to the page. */
function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true
  const canvas = document.querySelector('[data-canvas]')
  if (!canvas) return false
  return target.contains(canvas) || (canvas.contains(target) && target.closest('button') === null)
}

function hasText(): boolean {
  return (getSelection()?.toString() ?? '') !== ''
}
