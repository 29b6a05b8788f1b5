/** Reads what this browser remembers; null where storage is forbidden. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`trama.${key}`)
  } catch {
    return null
  }
}

/** Remembers a text in this browser, or does nothing where storage is forbidden. */
export function remember(key: string, value: string) {
  try {
    localStorage.setItem(`trama.${key}`, value)
  } catch {
    // The choice then lasts as long as the page.
  }
}
