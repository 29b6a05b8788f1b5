const SLICE_MS = 10

let sliceEndsMs = 0
let turn: Promise<void> | undefined

/**
 * Something to wait for when the runs of this process have had the thread for a while, so that requests, timers and news
 * have their turn: steps that take no time would otherwise follow one another without end. All runs share one slice.
 */
export function breathe(): Promise<void> | undefined {
  if (performance.now() < sliceEndsMs) return undefined
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined
      sliceEndsMs = performance.now() + SLICE_MS
      resolve()
    })
  })
  return turn
}
