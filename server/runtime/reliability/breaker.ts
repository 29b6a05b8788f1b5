import type pg from 'pg'
import type { Breaker } from '#nodes/kit/reliability.ts'
import type { Bus } from '../bus.ts'
import type { Log } from '../log.ts'
import { patiently } from '../patiently.ts'

/** Whose breaker this is, and when it opens. */
export interface BreakerOf {
  tenantId: string
  gate: string
  breaker: Breaker
}

/** Leaves alone what fails again and again, by all workers together. */
export interface Breakers {
  /** How long it stays open, in ms; 0 when nothing is known against a call. Asks nobody where it can. */
  openFor(of: BreakerOf): Promise<number>
  /** As `openFor`, right before a call: after a pause one call may try, and it is this one when the answer is 0. */
  pass(of: BreakerOf): Promise<number>
  /** How the call went: that it could be made and was answered, or not. Never rejects: the call is over. */
  record(of: BreakerOf, went: 'up' | 'down'): Promise<void>
  close(): void
}

/** What this process believes of a gate; others tell it of changes, and it looks itself now and then. */
interface Belief {
  failures: number
  /** On our own clock; 0 when closed. */
  openUntil: number
  lookAgainAt: number
}

interface Row {
  failures: number
  open_ms: number | null
}

const LOOK_MS = 10_000
const MOST_KEPT = 10_000
const STATE = `failures, extract(epoch FROM open_until - clock_timestamp())::float8 * 1000 AS open_ms`

export function createBreakers({ pool, bus, log }: { pool: pg.Pool; bus: Bus; log: Log }): Breakers {
  const beliefs = new Map<string, Belief>()
  const nameOf = ({ tenantId, gate }: Pick<BreakerOf, 'tenantId' | 'gate'>) => `${tenantId} ${gate}`

  function believe(of: Pick<BreakerOf, 'tenantId' | 'gate'>, row: Row | undefined): Belief {
    const now = performance.now()
    const openMs = row?.open_ms ?? null
    // A pause that is over is not forgotten: who comes next is the one that tries.
    const openUntil = openMs === null ? 0 : Math.max(1, now + openMs)
    const belief = { failures: row?.failures ?? 0, openUntil, lookAgainAt: now + LOOK_MS }
    if (beliefs.size >= MOST_KEPT) beliefs.clear()
    beliefs.set(nameOf(of), belief)
    return belief
  }

  /** Writes, and tells everybody. */
  async function change(of: BreakerOf, query: { text: string; values: unknown[] }): Promise<Row | undefined> {
    const { rows } = await patiently(() => pool.query<Row>(query))
    const row = rows[0]
    if (!row) return undefined
    const { tenantId, gate } = of
    believe(of, row)
    bus.publish([{ kind: 'gate', tenantId, gate, failures: row.failures, openMs: row.open_ms }])
    return row
  }

  async function read(of: BreakerOf): Promise<Belief> {
    const values = [of.tenantId, of.gate]
    const text = `SELECT ${STATE} FROM gate WHERE tenant_id = $1 AND name = $2`
    return believe(of, (await patiently(() => pool.query<Row>(text, values))).rows[0])
  }

  const known = async (of: BreakerOf): Promise<Belief> => {
    const belief = beliefs.get(nameOf(of))
    return belief && belief.lookAgainAt > performance.now() ? belief : read(of)
  }
  const leftOf = ({ openUntil }: Belief) => Math.max(0, openUntil - performance.now())

  async function note(of: BreakerOf, went: 'up' | 'down'): Promise<void> {
    const { tenantId, gate, breaker } = of
    const belief = beliefs.get(nameOf(of))
    if (went === 'up') {
      if (belief && belief.failures === 0 && belief.openUntil === 0) return
      await change(of, {
        text: `UPDATE gate SET failures = 0, open_until = NULL, updated_at = now()
          WHERE tenant_id = $1 AND name = $2 AND (failures > 0 OR open_until IS NOT NULL) RETURNING ${STATE}`,
        values: [tenantId, gate],
      })
      return
    }
    const row = await change(of, {
      text: `INSERT INTO gate (tenant_id, name, failures, open_until)
        VALUES ($1, $2, 1, CASE WHEN $3 <= 1 THEN clock_timestamp() + $4 * interval '1 ms' END)
        ON CONFLICT (tenant_id, name) DO UPDATE SET failures = gate.failures + 1, updated_at = now(),
          open_until = CASE WHEN gate.failures + 1 >= $3 THEN clock_timestamp() + $4 * interval '1 ms'
            ELSE gate.open_until END
        RETURNING ${STATE}`,
      values: [tenantId, gate, breaker.failures, breaker.pauseMs],
    })
    if (row?.failures === breaker.failures) log.info({ tenantId, gate }, 'A breaker opened')
  }

  const unsubscribe = bus.subscribe((notice) => {
    if (notice.kind === 'missed') beliefs.clear()
    if (notice.kind !== 'gate') return
    const belief = beliefs.get(nameOf(notice))
    // News that we know more than may be late: then the database is asked.
    if (belief && belief.failures > notice.failures) beliefs.delete(nameOf(notice))
    else believe(notice, { failures: notice.failures, open_ms: notice.openMs })
  })

  return {
    openFor: async (of) => leftOf(await known(of)),
    async pass(of) {
      const belief = await known(of)
      const left = leftOf(belief)
      if (belief.openUntil === 0 || left > 0) return left
      // The pause is over. Whoever makes it begin again is the one that tries.
      const { tenantId, gate, breaker } = of
      const claimed = await change(of, {
        text: `UPDATE gate SET open_until = clock_timestamp() + $3 * interval '1 ms', updated_at = now()
          WHERE tenant_id = $1 AND name = $2 AND open_until <= clock_timestamp() RETURNING ${STATE}`,
        values: [tenantId, gate, breaker.pauseMs],
      })
      return claimed ? 0 : leftOf(await read(of))
    },
    async record(of, went) {
      try {
        await note(of, went)
      } catch (error) {
        const { tenantId, gate } = of
        log.warn({ error, tenantId, gate }, 'How a call went could not be counted')
      }
    },
    close: unsubscribe,
  }
}
