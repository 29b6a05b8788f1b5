import type { DriveParts, Fresh } from './drive-parts.ts'
import type { HeldRun } from './held-run.ts'
import { firstEvents } from './new-run-row.ts'
import type { Prepared } from './prepare.ts'

/** Brings a run's history into memory, or begins one, and its workflow to where it can be walked. */
export async function beginRun(
  held: HeldRun,
  { parts, fresh }: { parts: DriveParts; fresh: Fresh | undefined },
): Promise<Prepared> {
  const { prepare, replay, worker } = parts
  const { token, reason } = held.run
  const claimed = { type: 'run.claimed', worker, token, reason } as const
  if (fresh) {
    for (const event of [...firstEvents(fresh.run), claimed]) held.append(event)
    if (fresh.atOnce) held.send()
    return prepare(held.run)
  }
  const [prepared] = await Promise.all([prepare(held.run), replay(held)])
  held.append(claimed)
  return prepared
}
