import { AppError } from '#server/errors.ts'
import type { MemberContext } from './context.ts'
import type { Parts } from './parts.ts'

const EVERY_MS = 5_000

/**
 * Passes on a stream for as long as its reader may read it. Whoever signed out, was removed or lost the role in the
 * meantime is cut off within five seconds, though the connection stays open as long as it likes.
 */
export async function* whileMember<T>(
  ctx: MemberContext & { parts: Parts },
  signal: AbortSignal | undefined,
  open: (until: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const gone = new AbortController()
  const until = gone.signal
  const leave = () => gone.abort()
  const ends = [signal, ctx.parts.closing]
  for (const end of ends) end?.addEventListener('abort', leave, { once: true })
  if (ends.some((end) => end?.aborted)) leave()
  let lost: unknown
  const timer = setInterval(() => {
    ctx.recheck().catch((error: unknown) => {
      // Only a clear no ends it: a database that is away for a moment does not.
      if (!(error instanceof AppError)) return
      lost = error
      leave()
    })
  }, EVERY_MS)
  try {
    for await (const value of open(until)) {
      if (lost) break
      yield value
    }
  } catch (error) {
    if (!until.aborted) throw error
  } finally {
    clearInterval(timer)
    for (const end of ends) end?.removeEventListener('abort', leave)
    leave()
  }
  if (lost) throw lost
}
