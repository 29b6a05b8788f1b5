const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The chord that opens the command menu, as this keyboard writes it. */
export const commandKey = isApple ? '⌘K' : 'Ctrl K'

export function isCommandChord(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === 'k' && (isApple ? event.metaKey : event.ctrlKey) && !event.shiftKey
}
