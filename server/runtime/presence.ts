import fs from 'node:fs'
import os from 'node:os'
import type pg from 'pg'
import { z } from 'zod'

const SEEN = `
INSERT INTO process (id, role, host, pid, version, runs, seen_at) VALUES ($1, $2, $3, $4, $5, 0, now())
ON CONFLICT (id) DO UPDATE SET seen_at = now(), runs = (
  SELECT count(*) FROM run WHERE lease_owner = $1 AND lease_until IS NOT NULL AND finished_at IS NULL)`

/** Who has said nothing for a day is forgotten. */
const FORGET = `DELETE FROM process WHERE seen_at < now() - interval '1 day'`

/** Tells administrators that this process is there, what it does, and how many runs it holds. */
export function createPresence(
  pool: pg.Pool,
  about: { id: string; roles: { worker: boolean; scheduler: boolean } },
) {
  const { id, roles } = about
  const role = roles.worker ? (roles.scheduler ? 'all' : 'worker') : roles.scheduler ? 'scheduler' : 'web'
  const version = ownVersion()
  return {
    async tell() {
      await pool.query(SEEN, [id, role, os.hostname(), process.pid, version])
      await pool.query(FORGET)
    },
    async leave() {
      await pool.query('DELETE FROM process WHERE id = $1', [id])
    },
  }
}

/** Of the program on the disk at the start, however it was started. */
function ownVersion(): string {
  const about = fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(about)).version
}
