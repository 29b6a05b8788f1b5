import type { Message } from '../public/sse.ts'
import type { Follower } from './follower.ts'

/** A stream ends by itself before anything between us and the browser cuts it; the browser comes back. */
const MOST_MS = 90_000

/**
 * What a chat page is told: `text` as it is written, `state`, and at the end `answer` or `failed`. A message's id is
 * how much text the page has then, so that one that comes back gets the rest; `restart` when it must forget its text.
 */
export async function* messagesOf(
  follower: Follower,
  about: { from: number; signal: AbortSignal; mostMs?: number },
): AsyncGenerator<Message> {
  const { progress } = follower
  const until = AbortSignal.any([about.signal, AbortSignal.timeout(about.mostMs ?? MOST_MS)])
  let { from } = about
  let waitsFor: string | undefined
  if (from > progress.text.length || from < 0) {
    from = 0
    yield { event: 'restart', data: null }
  }
  while (!until.aborted) {
    if (progress.text.length > from) {
      const text = progress.text.slice(from)
      from = progress.text.length
      yield { event: 'text', data: text, id: String(from) }
    }
    if (progress.waitsFor !== waitsFor) {
      waitsFor = progress.waitsFor
      yield { event: 'state', data: waitsFor }
    }
    if (progress.end) {
      const { end } = progress
      yield end.kind === 'answered' ? { event: 'answer', data: end.text } : { event: 'failed', data: null }
      return
    }
    await follower.changed(until)
  }
}
