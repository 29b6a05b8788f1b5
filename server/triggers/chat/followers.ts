import type { RunRef } from '#server/runtime/new-run.ts'
import { type Follower, type FollowerParts, follow } from './follower.ts'

/** The runs whose answers somebody waits for in this process. */
export interface Followers {
  of(parts: FollowerParts, run: RunRef): Follower
}

/** Long enough for a visitor to come back after a tunnel; who comes later is told the answer anew. */
const KEPT_MS = 120_000
const MOST = 2_000

export function createFollowers(): Followers {
  const kept = new Map<string, { follower: Follower; timer: NodeJS.Timeout }>()
  const drop = (runId: string) => {
    const found = kept.get(runId)
    if (!found) return
    clearTimeout(found.timer)
    found.follower.close()
    kept.delete(runId)
  }
  return {
    of(parts, run) {
      const { runId } = run
      const before = kept.get(runId)
      if (before) {
        before.timer.refresh()
        return before.follower
      }
      const [oldest] = kept.keys()
      if (kept.size >= MOST && oldest !== undefined) drop(oldest)
      const follower = follow(parts, run)
      kept.set(runId, { follower, timer: setTimeout(drop, KEPT_MS, runId).unref() })
      return follower
    },
  }
}
