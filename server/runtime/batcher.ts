/** Gives each thing to `flush` together with all that came while the one before was under way. */
export interface Batcher<T, R> {
  add(one: T): Promise<R>
  /** Those that still wait for their batch, and are meant, need not wait any longer. */
  refuse(isMeant: (one: T) => boolean, error: Error): void
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>
}

interface Waiting<T, R> {
  one: T
  resolve(result: R): void
  reject(error: unknown): void
}

/**
 * Group commit: many small writes share one statement and one commit, one batch at a time, in order.
 * `flush` answers for each, in the order given: with its result, or with the error that is its alone. Whose error is
 * certain before the rest is done can be told by `early`.
 */
export function batcher<T, R>(
  flush: (batch: T[], early: (one: T, error: Error) => void) => Promise<(R | Error)[]>,
  most = 500,
): Batcher<T, R> {
  const queue: Waiting<T, R>[] = []
  let working: Promise<void> | undefined

  async function work() {
    while (queue.length > 0) {
      // What else is ready now comes along: also what follows in a moment from the batch before.
      await new Promise<void>((begin) => setImmediate(begin))
      const batch = queue.splice(0, most)
      try {
        const early = (one: T, error: Error) => batch.find((waiting) => waiting.one === one)?.reject(error)
        const results = await flush(
          batch.map(({ one }) => one),
          early,
        )
        for (const [at, waiting] of batch.entries()) settle(waiting, results[at])
      } catch (error) {
        for (const waiting of batch) waiting.reject(error)
      }
    }
    working = undefined
  }

  function settle(waiting: Waiting<T, R>, result: R | Error | undefined) {
    if (result === undefined) waiting.reject(new Error('A batch left one out'))
    else if (result instanceof Error) waiting.reject(result)
    else waiting.resolve(result)
  }

  return {
    add: (one) =>
      new Promise<R>((resolve, reject) => {
        queue.push({ one, resolve, reject })
        working ??= work()
      }),
    refuse(isMeant, error) {
      const [meant, left] = [
        queue.filter(({ one }) => isMeant(one)),
        queue.filter(({ one }) => !isMeant(one)),
      ]
      queue.splice(0, queue.length, ...left)
      for (const waiting of meant) waiting.reject(error)
    },
    async idle() {
      while (working) await working
    },
  }
}
