import type pg from 'pg'
import type { Polled } from '#nodes/kit/define-node.ts'
import { type Failure, StepFailure } from '#nodes/kit/failure.ts'
import { decodeJson, encodeJson } from '#server/db/json.ts'
import { insertRuns } from './accept.ts'
import type { ConnectionDoor } from './connection-door.ts'
import { eventKey } from './event-key.ts'
import type { Log } from './log.ts'
import type { NewRun, RunRef } from './new-run.ts'
import { type DuePoll, POLL_MS, pollOnce } from './poll-once.ts'
import type { FindDefinition } from './prepare.ts'
import { inTransaction } from './transaction.ts'
import { withSettingsAnyway } from './with-settings.ts'

/** How many are asked side by side by one process. */
const AT_ONCE = 10
/** Longer than a poll may take: who holds it longer is dead. */
const LEASE_MS = POLL_MS * 2
const LONGEST_PAUSE_MS = 60 * 60 * 1_000

interface PollsAbout {
  pool: pg.Pool
  door: ConnectionDoor
  find: FindDefinition
  log: Log
}

/** Asks the services whose time has come. Any number of schedulers may: each poll is one's at a time. */
export function createPolls(about: PollsAbout & { wake: (runs: readonly RunRef[]) => Promise<void> }) {
  const stopped = new AbortController()
  const under = new Set<Promise<void>>()

  async function one(poll: DuePoll) {
    const runs = await attempt(about, { poll, signal: stopped.signal })
    await about.wake(runs)
  }

  return {
    /** Takes what is due and asks; does not wait for the answers, so that a slow service holds up nobody. */
    async round(): Promise<void> {
      const room = AT_ONCE - under.size
      if (room <= 0 || stopped.signal.aborted) return
      for (const poll of await claim(about.pool, room)) {
        const work: Promise<void> = one(poll)
          .catch((error: unknown) => about.log.warn({ error, pollId: poll.id }, 'A poll could not be kept'))
          .finally(() => under.delete(work))
        under.add(work)
      }
    },
    /** Resolves when nothing is being asked. */
    async idle(): Promise<void> {
      await Promise.all(under)
    },
    async stop(): Promise<void> {
      stopped.abort()
      await Promise.all(under)
    },
  }
}

interface Row {
  tenant_id: string
  id: string
  workflow_id: string
  version: number
  node_key: string
  every_ms: number
  cursor: unknown
  failures: number
  lease_until: Date
}

async function claim(pool: pg.Pool, most: number): Promise<DuePoll[]> {
  const { rows } = await pool.query<Row>(
    `UPDATE poll p SET lease_until = date_trunc('milliseconds', now() + $1 * interval '1 millisecond')
     FROM (
       SELECT tenant_id, id FROM poll
       WHERE next_at <= now() AND (lease_until IS NULL OR lease_until <= now())
         AND NOT EXISTS (SELECT FROM tenant_limit t WHERE t.tenant_id = poll.tenant_id AND t.suspended_at IS NOT NULL)
       ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) due
     WHERE p.tenant_id = due.tenant_id AND p.id = due.id
     RETURNING p.tenant_id, p.id, p.workflow_id, p.version, p.node_key, p.every_ms, p.cursor, p.failures, p.lease_until`,
    [LEASE_MS, most],
  )
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    workflowId: row.workflow_id,
    version: row.version,
    nodeKey: row.node_key,
    everyMs: row.every_ms,
    cursor: row.cursor === null ? null : decodeJson(row.cursor),
    failures: row.failures,
    lease: row.lease_until,
  }))
}

async function attempt(
  about: PollsAbout,
  { poll, signal }: { poll: DuePoll; signal: AbortSignal },
): Promise<RunRef[]> {
  let polled: Polled
  try {
    polled = await pollOnce({ ...about, signal }, poll)
  } catch (error) {
    await putOff(about, { poll, failure: failureOf(error, about.log) })
    return []
  }
  return keep(about.pool, { poll, polled })
}

function failureOf(error: unknown, log: Log): Failure {
  if (error instanceof StepFailure) return error.failure
  log.warn({ error }, 'A poll threw something unexpected')
  return { code: 'unexpected', message: 'Looking for something new went wrong on our side.', retryable: true }
}

/** Runs and cursor are one transaction: nothing found is lost, and nothing starts twice. */
async function keep(pool: pg.Pool, { poll, polled }: { poll: DuePoll; polled: Polled }): Promise<RunRef[]> {
  return inTransaction(pool, async (db) => {
    const kept = await db.query(
      `UPDATE poll SET cursor = $4, next_at = now() + every_ms * interval '1 millisecond', lease_until = NULL,
         failures = 0, failure = NULL
       WHERE tenant_id = $1 AND id = $2 AND lease_until = $3`,
      [poll.tenantId, poll.id, poll.lease, encodeJson(polled.cursor)],
    )
    // Published anew or unpublished meanwhile: what was found is no longer asked for.
    const runs = kept.rowCount === 1 ? polled.found.map((found) => runOf(poll, found)) : []
    const set = await Promise.all(runs.map((run) => withSettingsAnyway(pool, run)))
    const accepted = set.length > 0 ? await insertRuns(db, set) : []
    return accepted.flatMap(({ runId, fresh }) => (fresh ? [{ tenantId: poll.tenantId, runId }] : []))
  })
}

function runOf(poll: DuePoll, { key, output }: Polled['found'][number]): NewRun {
  return {
    tenantId: poll.tenantId,
    workflowId: poll.workflowId,
    version: poll.version,
    triggerKey: poll.nodeKey,
    startedBy: 'poll',
    input: output,
    dedupeKey: `poll:${poll.nodeKey}:${eventKey(key)}`,
  }
}

/** The pause doubles with each failure in a row, up to an hour; the service's own wish counts too. */
async function putOff({ pool }: PollsAbout, { poll, failure }: { poll: DuePoll; failure: Failure }) {
  const doubled = Math.min(poll.everyMs * 2 ** Math.min(poll.failures + 1, 10), LONGEST_PAUSE_MS)
  const pauseMs = Math.max(poll.everyMs, doubled, Math.min(failure.retryAfterMs ?? 0, LONGEST_PAUSE_MS))
  const { code, message } = failure
  await pool.query(
    `UPDATE poll SET failures = failures + 1, failure = $4, lease_until = NULL,
       next_at = now() + $5 * interval '1 millisecond'
     WHERE tenant_id = $1 AND id = $2 AND lease_until = $3`,
    [
      ...[poll.tenantId, poll.id, poll.lease],
      encodeJson({ code, message, at: new Date().toISOString() }),
      pauseMs,
    ],
  )
}
