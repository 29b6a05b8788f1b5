import type { Action, Editor } from './action.ts'

interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether these keys are that shortcut. `Mod` is ⌘ on a Mac and Ctrl elsewhere; either is taken. */
export function isShortcut(press: KeyPress, shortcut: string): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const mod = press.ctrlKey || press.metaKey
  if (parts.includes('Mod') !== mod || press.altKey) return false
  // What a sign needs to be typed depends on the keyboard: `?` is Shift+/ on one, Shift+ß on another.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!isSign && parts.includes('Shift') !== press.shiftKey) return false
  if (key === '1' && press.shiftKey) return press.key === '1' || press.key === '!'
  return press.key.toLowerCase() === key.toLowerCase()
}

const signs: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
}

/** A shortcut as it is printed on the keys. */
export function shortcutText(shortcut: string, mac: boolean): string {
  const names: Record<string, string> = mac
    ? { Mod: '⌘', Shift: '⇧', ...signs }
    : { Mod: 'Ctrl', Shift: 'Shift', ...signs }
  return shortcut
    .split('+')
    .map((part) => names[part] ?? part)
    .join(mac ? '' : '+')
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent)

/** The action these keys ask for, if it can be done now. */
export function actionFor(
  press: KeyPress,
  about: { actions: readonly Action[]; editor: Editor },
): Action | undefined {
  return about.actions.find(
    (action) => action.shortcuts.some((shortcut) => isShortcut(press, shortcut)) && action.when(about.editor),
  )
}
