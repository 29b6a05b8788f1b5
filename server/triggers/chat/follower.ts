import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import type { RunRef } from '#server/runtime/new-run.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { answerText } from '../public/answer-text.ts'

/** How the answer to a message stands. `person`: someone has to decide something first. */
export interface Progress {
  /** As it is being written; the answer itself comes with the end. */
  text: string
  waitsFor: 'workflow' | 'person'
  end: { kind: 'answered'; text: string } | { kind: 'failed' } | null
}

/** Follows one run for everybody who looks at its answer, so that who comes back misses nothing. */
export interface Follower {
  readonly progress: Progress
  /** Resolves at the next change, or when the signal fires. */
  changed(signal: AbortSignal): Promise<void>
  close(): void
}

const MOST_TEXT = 64_000

export interface FollowerParts {
  app: AppClient
  runtime: Pick<Runtime, 'watch' | 'texts'>
}

export function follow(parts: FollowerParts, run: RunRef): Follower {
  const { app, runtime } = parts
  const closing = new AbortController()
  const waiting = new Set<() => void>()
  const progress: Progress = { text: '', waitsFor: 'workflow', end: null }
  const change = (to: Partial<Progress>) => {
    Object.assign(progress, to)
    for (const wake of [...waiting]) wake()
  }
  const end = (to: Progress['end']) => {
    change({ end: to })
    closing.abort()
  }
  void readTexts().catch(() => undefined)
  // Whoever looks is told nothing then; their next look begins anew.
  void readEvents().catch(() => closing.abort())

  return {
    progress,
    changed: (signal) =>
      new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        if (signal.aborted) return resolve()
        waiting.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      }),
    close: () => closing.abort(),
  }

  async function readTexts() {
    let last: string | undefined
    for await (const { step, text } of runtime.texts({ ...run, signal: closing.signal })) {
      if (progress.text.length > MOST_TEXT) return
      const between = last !== undefined && last !== step ? '\n\n' : ''
      last = step
      change({ text: progress.text + between + text })
    }
  }

  async function readEvents() {
    for await (const { event } of runtime.watch({ ...run, after: 0, signal: closing.signal })) {
      const ended = endOf(event)
      if (ended) return end(ended)
      const waitsFor = await whoIsNext(event)
      if (waitsFor && waitsFor !== progress.waitsFor) change({ waitsFor })
    }
  }

  async function whoIsNext(event: StoredEvent['event']): Promise<Progress['waitsFor'] | null> {
    if (event.type === 'run.claimed' || event.type === 'substep.finished') return 'workflow'
    if (event.type !== 'step.suspended') return null
    const asked = await inTenant(app, run.tenantId, (db) =>
      db.task.count({
        where: { ...run, status: 'open', kind: { in: ['approval', 'form'] } },
      }),
    )
    return asked > 0 ? 'person' : null
  }
}

/** The caller is never told why a run failed: that is for its makers. */
function endOf(event: StoredEvent['event']): Progress['end'] {
  if (event.type === 'run.responded') return { kind: 'answered', text: answerText(event.body) }
  if (event.type !== 'run.finished') return null
  return event.status === 'succeeded'
    ? { kind: 'answered', text: answerText(event.output) }
    : { kind: 'failed' }
}
