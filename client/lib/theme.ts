import { useSyncExternalStore } from 'react'
import { remember, remembered } from './storage.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const listeners = new Set<() => void>()
const dark = () => matchMedia('(prefers-color-scheme: dark)')

let current: Theme = themes.find((theme) => theme === remembered('theme')) ?? 'system'

function paint() {
  const isDark = current === 'dark' || (current === 'system' && dark().matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

/** Follows the system while the theme is `system`; `public/theme.js` has painted the first frame. */
export function followSystemTheme() {
  paint()
  dark().addEventListener('change', paint)
}

export function setTheme(theme: Theme) {
  current = theme
  remember('theme', theme)
  paint()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => current)
}
