import type pg from 'pg'
import type { Rate } from '#nodes/kit/reliability.ts'
import { patiently } from '../patiently.ts'
import { type Pace, paceOf } from './pace.ts'

/** Whose turns these are, and how many may come in a while. */
export interface TurnsOf {
  tenantId: string
  gate: string
  rate: Rate
}

/** Gives turns under a limit, the same to all workers: never more than the limit says in any stretch of its length. */
export interface Limiter {
  /** How long to wait for a turn, in ms. The turn is kept: whoever asked has it, now or later. */
  take(of: TurnsOf): Promise<number>
}

// The turn so many calls ago tells when the next may come: one length of the limit later, or now. Those older than
// that are forgotten. All in one statement, so that workers who ask together get turns one after another.
// `EXCLUDED.turns[1]` is now.
const TAKE = `
INSERT INTO gate (tenant_id, name, turns)
VALUES ($1, $2, array_fill((extract(epoch FROM clock_timestamp()) * 1000)::float8, ARRAY[$5::int]))
ON CONFLICT (tenant_id, name) DO UPDATE SET updated_at = now(), turns = (
  SELECT whole[greatest(1, cardinality(whole) - $3::int + 1):]
  FROM (SELECT ARRAY(SELECT t FROM unnest(gate.turns) t WHERE t > EXCLUDED.turns[1] - $4::float8 ORDER BY t) || ARRAY(
    SELECT greatest(
      EXCLUDED.turns[1],
      gate.turns[cardinality(gate.turns)],
      gate.turns[cardinality(gate.turns) - $3::int + k] + $4::float8)
    FROM generate_series(1, $5::int) k ORDER BY k) AS whole) w)
RETURNING turns[cardinality(turns) - $5::int + 1:] AS turns, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now_ms`

/** Gates at once; turns that were taken ahead go to waste beyond it. */
const MOST_KEPT = 10_000

/** What one process has of a gate's turns. */
interface Block {
  /** On our own clock, in order. */
  turns: number[]
  /** How many were asked for since the last were taken: so many are taken ahead. */
  used: number
  waiting: { resolve: (turn: number) => void; reject: (error: unknown) => void }[]
  filling: boolean
}

export function createLimiter(pool: pg.Pool): Limiter {
  const blocks = new Map<string, Block>()

  async function fill(block: Block, of: Parameters<typeof takeTurns>[1]): Promise<void> {
    const { pace } = of
    while (block.waiting.length > 0) {
      const asked = block.waiting.splice(0, pace.turns * pace.weight)
      const wanted = Math.max(asked.length, Math.min(block.used, pace.ahead))
      block.used = 0
      try {
        const turns = await takeTurns(pool, { ...of, count: Math.ceil(wanted / pace.weight) })
        for (const [index, { resolve }] of asked.entries()) resolve(turns[index] ?? 0)
        block.turns.push(...turns.slice(asked.length))
      } catch (error) {
        for (const { reject } of asked) reject(error)
      }
    }
    block.filling = false
  }

  return {
    async take({ tenantId, gate, rate }) {
      const pace = paceOf(rate)
      const name = `${gate}/${rate.calls}-${rate.perMs}`
      const place = `${tenantId} ${name}`
      const block = blocks.get(place) ?? { turns: [], used: 0, waiting: [], filling: false }
      if (blocks.size >= MOST_KEPT) for (const [name, one] of blocks) if (!one.filling) blocks.delete(name)
      blocks.set(place, block)
      block.used++
      const now = performance.now()
      // One that nobody came for in time goes to waste.
      const fresh = block.turns.findIndex((turn) => turn > now - pace.freshMs)
      block.turns.splice(0, fresh < 0 ? block.turns.length : fresh)
      const kept = block.turns.shift()
      if (kept !== undefined) return Math.max(0, kept - now)
      const turn = new Promise<number>((resolve, reject) => block.waiting.push({ resolve, reject }))
      if (!block.filling) {
        block.filling = true
        // Those who ask in the same moment share the statement.
        queueMicrotask(() => void fill(block, { tenantId, name, pace, count: 1 }))
      }
      return Math.max(0, (await turn) - performance.now())
    },
  }
}

/** Takes turns from the database; when each call may be made, on our own clock. */
async function takeTurns(
  pool: pg.Pool,
  { tenantId, name, pace, count }: { tenantId: string; name: string; pace: Pace; count: number },
): Promise<number[]> {
  const values = [tenantId, name, pace.turns, pace.apartMs, count]
  const { rows } = await patiently(() => pool.query<{ turns: number[]; now_ms: number }>(TAKE, values))
  const row = rows[0]
  if (!row) throw new Error('No turn was given')
  const now = performance.now()
  return row.turns.flatMap((turn) => Array<number>(pace.weight).fill(now + turn - row.now_ms))
}
