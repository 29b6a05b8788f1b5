import { createHash } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { decodeJson, encodeJson } from '#server/db/json.ts'
import { asTenant, writeAsTenant } from '../as-tenant.ts'

/** What a step gave, and by which port it left. */
export interface Kept {
  port: string
  output: Json
  atMs: number
}

/** Outputs kept for a while, for the same step over the same data. */
export interface StepCache {
  read(of: { tenantId: string; key: string }): Promise<Kept | null>
  write(of: { tenantId: string; key: string; ageMs: number }, end: Omit<Kept, 'atMs'>): Promise<void>
}

/** What is larger is simply computed again. */
const MOST_BYTES = 256 * 1024
/** Of one tenant; beyond it the oldest go. */
const MOST_TENANT_BYTES = 64 * 1024 * 1024
/** How often it is looked whether there is too much. */
const LOOK_EVERY = 50

const Stored = z.object({ port: z.string(), output: Json })

export function createStepCache(pool: pg.Pool): StepCache {
  let writes = 0
  return {
    read: ({ tenantId, key }) =>
      asTenant(pool, tenantId, async (db) => {
        const { rows } = await db.query<{ output: unknown; created_at: Date }>(
          `SELECT output, created_at FROM step_cache WHERE tenant_id = $1 AND key = $2 AND expires_at > now()`,
          [tenantId, key],
        )
        const row = rows[0]
        return row ? { ...Stored.parse(decodeJson(row.output)), atMs: row.created_at.getTime() } : null
      }),

    async write({ tenantId, key, ageMs }, { port, output }) {
      const text = encodeJson({ port, output })
      const bytes = Buffer.byteLength(text)
      if (bytes > MOST_BYTES) return
      const look = ++writes % LOOK_EVERY === 0
      await writeAsTenant(pool, tenantId, async (db) => {
        await db.query(`DELETE FROM step_cache WHERE tenant_id = $1 AND expires_at <= now()`, [tenantId])
        if (look) await db.query(TRIM, [tenantId, MOST_TENANT_BYTES])
        await db.query(
          `INSERT INTO step_cache (tenant_id, key, output, bytes, expires_at)
           VALUES ($1, $2, $3, $4, now() + $5 * interval '1 ms')
           ON CONFLICT (tenant_id, key) DO UPDATE SET output = EXCLUDED.output, bytes = EXCLUDED.bytes,
             created_at = now(), expires_at = EXCLUDED.expires_at`,
          [tenantId, key, text, bytes, ageMs],
        )
      })
    },
  }
}

const TRIM = `
DELETE FROM step_cache WHERE tenant_id = $1 AND key IN (
  SELECT key FROM (
    SELECT key, sum(bytes) OVER (ORDER BY created_at DESC, key) AS newer FROM step_cache WHERE tenant_id = $1
  ) sums WHERE newer > $2)`

/** The key of what is kept: a hash, so that nothing of the data can be read from it. */
export function cacheKey(parts: readonly Json[]): string {
  return createHash('sha256')
    .update(encodeJson([...parts]))
    .digest('hex')
}
