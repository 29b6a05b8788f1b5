import type pg from 'pg'
import { z } from 'zod'

const Rows = z.array(z.object({ id: z.string(), pid: z.number() }))
const LOOK_MS = 500

/** Remembers which worker was which process: histories name workers, the world outside sees processes. */
export function watchProcesses(db: pg.Pool) {
  const workers = new Map<string, number>()
  const seenAt = new Map<number, number>()
  const look = async () => {
    const { rows } = await db.query('SELECT id, pid FROM process')
    for (const { id, pid } of Rows.parse(rows)) {
      workers.set(id, pid)
      seenAt.set(pid, seenAt.get(pid) ?? Date.now())
    }
  }
  // While the database is away there is nothing new either.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  return { workers, seenAt, stop: () => clearInterval(timer) }
}
export type Processes = ReturnType<typeof watchProcesses>
