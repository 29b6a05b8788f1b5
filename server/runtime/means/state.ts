import type pg from 'pg'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means, StateScope } from '#nodes/kit/means.ts'
import { decodeJson, encodeJson } from '#server/db/json.ts'
import { asTenant, writeAsTenant } from '../as-tenant.ts'
import type { StepAbout } from './step-about.ts'

const MOST_KEY = 200
const MOST_BYTES = 256 * 1024
const MOST_KEYS = 10_000
/** How many of the newest changes an entry remembers: a step that runs again after so many others counts twice. */
const REMEMBERED = 50

interface Entry {
  scope: StateScope
  key: string
}

interface Row {
  value: unknown
  last_op: string | null
  gone: boolean
}

/** What a change makes of an entry; `null` removes it. */
type Change = (before: Json | undefined) => { value: Json } | null

type Place = Pick<StepAbout, 'pool' | 'tenantId' | 'workflowId' | 'idempotencyKey'>

/** `ctx.state` of one step. Every change is made once, however often the step runs. */
export function stateFor({ pool, tenantId, workflowId, idempotencyKey }: Place): Means['state'] {
  let changes = 0
  const scopeOf = (scope: StateScope) => (scope === 'tenant' ? 'tenant' : workflowId)

  /** Gives the entry as it was and as it is, and whether this very change had been made before. */
  async function change({ scope, key }: Entry, keepMs: number | undefined, make: Change) {
    refuseKey(key)
    const op = `${idempotencyKey}/${changes++}`
    return writeAsTenant(pool, tenantId, async (db) => {
      const place = [tenantId, scopeOf(scope), key]
      // One change of an entry after another, also of one that is not there yet.
      await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [place.join(' ')])
      const row = await find(db, place)
      const before = row && !row.gone ? decodeJson(row.value) : undefined
      const ops = row?.last_op?.split(' ') ?? []
      if (ops.includes(op)) return { before, after: before, isRepeated: true }
      const made = make(before)
      if (made) refuseLarge(made.value)
      if (made && before === undefined) await refuseFull(db, place)
      const lastOp = [op, ...ops].slice(0, REMEMBERED).join(' ')
      const value = made?.value ?? null
      // Removed is over: the row stays a while, so that the same step again knows of it.
      const lastsMs = made ? keepMs : 0
      if (made || row) await put(db, { place, value, lastOp, lastsMs })
      return { before, after: made?.value, isRepeated: false }
    })
  }

  return {
    async get({ scope, key }) {
      refuseKey(key)
      const row = await asTenant(pool, tenantId, (db) => find(db, [tenantId, scopeOf(scope), key]))
      return row && !row.gone ? decodeJson(row.value) : undefined
    },
    async set({ value, keepMs, ...entry }) {
      await change(entry, keepMs, () => ({ value }))
    },
    async add({ by, keepMs, ...entry }) {
      const { after } = await change(entry, keepMs, (before) => ({ value: sum(entry.key, before, by) }))
      return typeof after === 'number' ? after : 0
    },
    async remove(entry) {
      const { before, isRepeated } = await change(entry, undefined, () => null)
      return isRepeated || before !== undefined
    },
  }
}

async function find(db: pg.PoolClient, place: readonly string[]): Promise<Row | undefined> {
  const { rows } = await db.query<Row>(
    `SELECT value, last_op, coalesce(expires_at <= now(), false) AS gone
     FROM state_entry WHERE tenant_id = $1 AND scope = $2 AND key = $3`,
    [...place],
  )
  return rows[0]
}

async function put(
  db: pg.PoolClient,
  about: { place: readonly string[]; value: Json; lastOp: string; lastsMs: number | undefined },
) {
  const { place, value, lastOp, lastsMs = null } = about
  await db.query(
    `INSERT INTO state_entry (tenant_id, scope, key, value, last_op, expires_at, updated_at)
     VALUES ($1, $2, $3, $4::json, $5, now() + $6::float8 * interval '1 ms', now())
     ON CONFLICT (tenant_id, scope, key) DO UPDATE SET
       value = EXCLUDED.value, last_op = EXCLUDED.last_op, expires_at = EXCLUDED.expires_at, updated_at = now()`,
    [...place, encodeJson(value), lastOp, lastsMs],
  )
}

/** Rows that are over count for nothing, and those that were for an hour are thrown away when room is looked for. */
async function refuseFull(db: pg.PoolClient, [tenantId, scope]: readonly string[]) {
  await db.query(
    `DELETE FROM state_entry WHERE tenant_id = $1 AND scope = $2 AND expires_at < now() - interval '1 hour'`,
    [tenantId, scope],
  )
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM state_entry
     WHERE tenant_id = $1 AND scope = $2 AND (expires_at IS NULL OR expires_at > now())`,
    [tenantId, scope],
  )
  if ((rows[0]?.count ?? 0) >= MOST_KEYS)
    throw fail(
      'state_full',
      `State holds at most ${MOST_KEYS} keys. Remove some, or let them end by themselves.`,
    )
}

function refuseKey(key: string): void {
  if (key === '' || key.length > MOST_KEY)
    throw fail('invalid_key', `A key of state has 1 to ${MOST_KEY} characters.`)
  if (key.includes('\u0000')) throw fail('invalid_key', 'A key of state has a character that cannot be kept.')
}

function refuseLarge(value: Json): void {
  const bytes = Buffer.byteLength(JSON.stringify(value))
  if (bytes > MOST_BYTES)
    throw fail(
      'state_too_large',
      `A value of state has at most 256 KB; this has ${Math.ceil(bytes / 1024)} KB.`,
    )
}

function sum(key: string, before: Json | undefined, by: number): number {
  if (before !== undefined && typeof before !== 'number')
    throw fail(
      'not_a_number',
      `The entry ${key} holds something that is no number, so nothing can be added to it.`,
    )
  return (before ?? 0) + by
}
