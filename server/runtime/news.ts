import type { Bus, Notice } from './bus.ts'

/** Follows part of the bus. What comes while nobody waits is not lost: the next `wait` returns at once. */
export interface News {
  wait(about: { ms: number; signal?: AbortSignal }): Promise<void>
  close(): void
}

export function follow(bus: Pick<Bus, 'subscribe'>, isOurs: (notice: Notice) => boolean): News {
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
          const heard = () => {
            clearTimeout(timer)
            signal?.removeEventListener('abort', heard)
            resolve()
          }
          const timer = setTimeout(heard, ms)
          signal?.addEventListener('abort', heard, { once: true })
          wake = heard
        })
      stirred = false
      wake = () => {}
    },
  }
}
