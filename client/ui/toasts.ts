import { useSyncExternalStore } from 'react'

export interface Toast {
  id: number
  tone: 'plain' | 'good' | 'bad'
  title: string
  body?: string
  /** Shown small, to quote when asking for help. */
  requestId?: string | null
  action?: { label: string; onClick: () => void }
}

let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says something short in the corner. Bad news stays until it is dismissed. */
export function toast(about: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }): number {
  last += 1
  change([...toasts.slice(-3), { tone: 'plain', ...about, id: last }])
  return last
}

export function dismissToast(id: number) {
  change(toasts.filter((toast) => toast.id !== id))
}

export function useToasts() {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
}
