import type { ClaimedRun } from './claim.ts'
import type { Claim } from './claim-next.ts'

/** Takes runs from the line whenever a worker has room and someone may be waiting. */
export interface Turns {
  /** Somebody may be in line. Resolves when all that may begin and has room here was taken. */
  look(): Promise<void>
  /** A run was let go: there is room again, of its tenant and here, or another of its ordering key may begin. */
  ended(run: ClaimedRun): void
  /** Whether a run of this tenant that came now would overtake one that is known to wait. */
  wouldOvertake(tenantId: string): boolean
  /** Runs asked for and not yet given. */
  readonly asked: number
}

export function createTurns(about: {
  claim: (about: { places: number; freed: readonly string[] }) => Promise<Claim>
  /** How many more runs the worker takes; none while it stops. */
  free: () => number
  hold: (run: ClaimedRun) => void
  /** There is more in line than has room here. */
  pass: () => void
  failed: (error: unknown) => void
}): Turns {
  let asked = 0
  let looking: Promise<void> | undefined
  let again = false
  /** There may be runs that could begin if there were room here. */
  let isLong = false
  let waiting: ReadonlySet<string> = new Set()
  let freed = new Set<string>()

  async function take(places: number) {
    const named = [...freed]
    freed = new Set()
    asked = places
    try {
      const claim = await about.claim({ places, freed: named })
      waiting = new Set(claim.waiting)
      isLong = claim.runs.length >= places
      for (const run of claim.runs) about.hold(run)
    } finally {
      asked = 0
    }
  }

  async function look() {
    do {
      again = false
      // Not all at once: what is taken in here may begin here meanwhile.
      const places = Math.ceil(about.free() / 2)
      isLong = places <= 0
      if (!isLong) await take(places)
    } while (again || (isLong && about.free() > 0))
    if (isLong) about.pass()
  }

  function begin(): Promise<void> {
    again = true
    looking ??= look()
      .catch(about.failed)
      .finally(() => {
        looking = undefined
        // Asked for between the last look and now.
        if (again) void begin()
      })
    return looking
  }

  return {
    look: begin,
    ended({ tenantId, isOrdered = false }) {
      if (!isLong && !isOrdered && !waiting.has(tenantId)) return
      freed.add(tenantId)
      void begin()
    },
    wouldOvertake: (tenantId) => isLong || waiting.has(tenantId),
    get asked() {
      return asked
    },
  }
}
