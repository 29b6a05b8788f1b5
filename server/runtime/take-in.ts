import type pg from 'pg'
import { AppError } from '#server/errors.ts'
import { type Accepted, findByKey } from './accept.ts'
import type { Drive } from './drive-parts.ts'
import { effectiveLimits } from './limits.ts'
import type { NewRun, RunRef } from './new-run.ts'
import { NotBegun } from './not-written.ts'
import { isPaused } from './paused-workflows.ts'
import { withSettings } from './with-settings.ts'
import type { Worker } from './worker.ts'

interface TakeInParts {
  pool: pg.Pool
  worker: Worker | undefined
  /** Throws when the run is not let in; gives when it may begin, where that is not now. */
  admit: (run: NewRun) => Promise<Date | undefined>
  /** Writes it as one in line. */
  queue: (run: NewRun) => Promise<Accepted>
  /** Somebody is to take it. */
  hint: (run: RunRef) => void
}

interface TakenIn extends Accepted {
  /** The run, where it began here. */
  driven: Drive | null
}

/**
 * Takes runs in, and resolves once they are committed: where a worker of this process has room, a run begins there and
 * then, and its first write makes it. Else it is written as one in line, for whoever has room.
 */
export function createTakeIn(parts: TakeInParts) {
  const { pool, worker } = parts

  async function begin(run: NewRun, { atOnce }: { atOnce: boolean }): Promise<Drive | null> {
    if (!worker?.hasRoom || run.replay || run.orderingKey !== undefined || run.notBefore) return null
    const limits = await effectiveLimits(pool, run.tenantId)
    if (limits.paused || limits.suspended || (await isPaused(pool, run))) return null
    return worker.begin({ run, atOnce }, limits)
  }

  /** Resolves once it is written: as this worker's, or in line, or as the one whose dedupe key it has. */
  async function written(run: NewRun, driven: Drive): Promise<Accepted> {
    const { tenantId, runId } = driven.run
    try {
      await driven.created
      return { runId, fresh: true }
    } catch (error) {
      if (!(error instanceof NotBegun)) throw error
      if (error.why === 'taken') return findByKey(pool, run)
      parts.hint({ tenantId, runId })
      return { runId, fresh: true }
    }
  }

  return async (given: NewRun, about: { atOnce: boolean }): Promise<TakenIn> => {
    const asked = await withSettings(pool, given)
    const notBefore = await parts.admit(asked)
    const run = notBefore ? { ...asked, notBefore } : asked
    const driven = await begin(run, about)
    const accepted = driven ? await written(run, driven) : await parts.queue(run)
    if (accepted.differs)
      throw new AppError('unprocessable', 'This Idempotency-Key came with a different request before', {
        runId: accepted.runId,
      })
    if (!driven) return { ...accepted, driven }
    return { ...accepted, driven: accepted.runId === driven.run.runId ? driven : null }
  }
}
