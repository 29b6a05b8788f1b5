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

/**
 * What `take` makes of the notices, as it happens, until the signal fires. A hint: a reader so slow that `most` wait
 * for it loses the oldest.
 */
export async function* told<T>(
  bus: Pick<Bus, 'subscribe'>,
  { take, most, signal }: { take: (notice: Notice) => T | null; most: number; signal: AbortSignal },
): AsyncGenerator<T> {
  const kept: T[] = []
  const news = follow(bus, (notice) => {
    const one = take(notice)
    if (one === null) return false
    kept.push(one)
    if (kept.length > most) kept.shift()
    return true
  })
  try {
    while (!signal.aborted) {
      for (let next = kept.shift(); next && !signal.aborted; next = kept.shift()) yield next
      await news.wait({ ms: 60_000, signal })
    }
  } finally {
    news.close()
  }
}
