import type { Bus, Notice } from './bus.ts'

/** Follows part of the bus. What comes while nobody waits is not lost: the next `wait` returns at once. */
export interface News {
  wait(about: { ms: number; signal?: AbortSignal }): Promise<void>
  close(): void
}

export function follow(bus: Bus, isOurs: (notice: Notice) => boolean): News {
  let stirred = false
  let wake: () => void = () => {}
  const close = bus.subscribe((notice) => {
    if (!isOurs(notice)) return
    stirred = true
    wake()
  })
  return {
    close,
    async wait({ ms, signal }) {
      if (!stirred && !signal?.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            signal?.removeEventListener('abort', wake)
            resolve()
          }
          signal?.addEventListener('abort', wake, { once: true })
        })
      stirred = false
      wake = () => {}
    },
  }
}
