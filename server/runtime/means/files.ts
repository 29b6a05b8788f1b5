import type pg from 'pg'
import { fail } from '#nodes/kit/failure.ts'
import type { FileRef, Means } from '#nodes/kit/means.ts'
import { newId } from '#server/db/id.ts'
import { type NewFile, newFile, storageFull } from '#server/files/new-file.ts'
import { asTenant, writeAsTenant } from '../as-tenant.ts'
import type { StepAbout } from './step-about.ts'

/** `runId` is null for what comes before there is a run. */
type Place = Pick<StepAbout, 'pool' | 'tenantId'> & { runId: string | null }

interface Row {
  name: string
  type: string
  content: Buffer
}

/** `ctx.files` of one step: the tenant's files, by reference. */
export function filesFor(place: Place): Means['files'] {
  return {
    read: (file) => read(place, file),
    write: (file) => write(place, file),
  }
}

/** What the reference says of name and type is not believed: it may have been made up on the way. */
async function read({ pool, tenantId }: Place, file: FileRef) {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<Row>('SELECT name, type, content FROM file WHERE tenant_id = $1 AND id = $2', [
      tenantId,
      file.file,
    ]),
  )
  const row = rows[0]
  if (!row) throw fail('file_missing', `The file ${file.name} is not there any more.`)
  return { name: row.name, type: row.type, bytes: new Uint8Array(row.content) }
}

/** A step that is tried again finds what it wrote before, so one file is not kept twice. */
async function write({ pool, tenantId, runId }: Place, given: NewFile): Promise<FileRef> {
  const { name, type, size, sha256, content } = newFile(given)
  const file = await writeAsTenant(pool, tenantId, async (db) => {
    await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`files ${tenantId}`])
    const before = await db.query<{ id: string }>(
      `SELECT id FROM file WHERE tenant_id = $1 AND run_id = $2 AND sha256 = $3 AND name = $4 AND type = $5 LIMIT 1`,
      [tenantId, runId, sha256, name, type],
    )
    if (before.rows[0]) return before.rows[0].id
    await refuseFull(db, { tenantId, size })
    const id = newId()
    await db.query(
      `INSERT INTO file (tenant_id, id, run_id, name, type, size, sha256, content)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tenantId, id, runId, name, type, size, sha256, content],
    )
    return id
  })
  return { file, name, type, size }
}

/** The tenant's own limit, or the installation's. */
async function refuseFull(db: pg.PoolClient, { tenantId, size }: { tenantId: string; size: number }) {
  const { rows } = await db.query<{ used: string; most: number }>(
    `SELECT coalesce((SELECT sum(size) FROM file WHERE tenant_id = $1), 0) AS used,
       coalesce((SELECT storage_mb FROM tenant_limit WHERE tenant_id = $1), i.storage_mb) AS most
     FROM installation i`,
    [tenantId],
  )
  const { used = '0', most = 0 } = rows[0] ?? {}
  if (Number(used) + size > most * 1024 * 1024) throw storageFull(most)
}
