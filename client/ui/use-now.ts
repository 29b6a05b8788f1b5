import { useSyncExternalStore } from 'react'

/** One clock for all ages on the page: they change together, and a list of thousands has one timer. */
function clock(everyMs: number) {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    read: () => now,
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        timer = setInterval(() => {
          now = Date.now()
          for (const tell of listeners) tell()
        }, everyMs)
      }
      listeners.add(listener)
      now = Math.max(now, Date.now())
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
  }
}

const slow = clock(15_000)
const fast = clock(500)

/** The time now, in milliseconds, refreshed often enough for ages (or for running durations). */
export function useNow(pace: 'slow' | 'fast' = 'slow'): number {
  const { subscribe, read } = pace === 'fast' ? fast : slow
  return useSyncExternalStore(subscribe, read)
}
