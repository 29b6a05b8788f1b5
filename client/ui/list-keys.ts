import type { KeyboardEvent, MouseEvent } from 'react'

const links = (list: Element) => Array.from(list.querySelectorAll<HTMLElement>('[data-row-link]'))

/** ↑ and ↓ move the focus between the links of a list's rows; Home and End go as far as what is drawn. */
export function moveRowFocus(event: KeyboardEvent<HTMLElement>) {
  const all = links(event.currentTarget)
  const focused = document.activeElement
  const at = focused instanceof HTMLElement ? all.indexOf(focused) : -1
  const next = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: all.length - 1,
  }[event.key]
  if (next === undefined || (at === -1 && isEditing(event.target))) return
  const link = all[Math.max(0, Math.min(all.length - 1, next))]
  if (!link) return
  event.preventDefault()
  link.focus()
  link.closest('[role="row"]')?.scrollIntoView?.({ block: 'nearest' })
}

const isEditing = (target: EventTarget) =>
  target instanceof Element && target.closest('input, textarea, select, [role="menu"]') !== null

/** A click beside a row's link follows the link, as a click on it would. */
export function openRow(event: MouseEvent<HTMLElement>) {
  if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return
  if (event.target.closest('a, button, input, label, [role="menu"]')) return
  if (getSelection()?.toString()) return
  const link = event.target.closest('[role="row"]')?.querySelector<HTMLElement>('[data-row-link]')
  link?.dispatchEvent(
    new globalThis.MouseEvent('click', {
      bubbles: true,
      cancelable: true,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      shiftKey: event.shiftKey,
    }),
  )
}
