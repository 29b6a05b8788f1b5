import type { Bus } from './bus.ts'
import type { RunRef } from './new-run.ts'
import { told } from './news.ts'

/** What a step writes while it writes it: heard by who listens now, and by nobody later. */
export interface TextStream {
  write(text: string): void
  /** Tells what is left. */
  flush(): void
}

const FLUSH_MS = 100
/** A notice must fit into what the bus carries, each letter up to six bytes. */
const MOST_LETTERS = 1_000
/** A listener that does not keep up loses the oldest. */
const MOST_KEPT = 5_000

/** Gathers what comes within a moment, so that letters do not go one by one. */
export function createTextStream(bus: Bus, place: RunRef & { step: string }): TextStream {
  const { tenantId, runId, step } = place
  let text = ''
  let timer: NodeJS.Timeout | undefined
  function flush() {
    clearTimeout(timer)
    timer = undefined
    const letters = Array.from(text)
    text = ''
    for (let at = 0; at < letters.length; at += MOST_LETTERS) {
      const part = letters.slice(at, at + MOST_LETTERS).join('')
      bus.publish([{ kind: 'text', tenantId, runId, step, text: part }])
    }
  }
  return {
    flush,
    write(more) {
      text += more
      timer ??= setTimeout(flush, FLUSH_MS)
    },
  }
}

/** What the steps of a run write from now on, until the signal fires. */
export function texts(
  bus: Bus,
  { tenantId, runId, signal }: RunRef & { signal: AbortSignal },
): AsyncGenerator<{ step: string; text: string }> {
  return told(bus, {
    take: (notice) =>
      notice.kind === 'text' && notice.tenantId === tenantId && notice.runId === runId
        ? { step: notice.step, text: notice.text }
        : null,
    most: MOST_KEPT,
    signal,
  })
}
