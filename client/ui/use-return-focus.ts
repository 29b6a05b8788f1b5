import { useLayoutEffect, useRef } from 'react'

/** Gives the focus back to what had it when a layer opened; radix does so only for layers with a trigger of theirs. */
export function useReturnFocus(open: boolean) {
  const opener = useRef<HTMLElement | null>(null)
  useLayoutEffect(() => {
    if (open) opener.current = focused()
  }, [open])
  return (event: Event) => {
    event.preventDefault()
    opener.current?.focus()
  }
}

/** The focused element; for an item of a menu, which is about to vanish, the button that opened the menu. */
function focused(): HTMLElement | null {
  const active = document.activeElement
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  if (button) return document.getElementById(button)
  return active instanceof HTMLElement ? active : null
}
