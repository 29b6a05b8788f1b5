import pg from 'pg'
import { notFound } from '#server/errors.ts'

/** The workflow was deleted after its hook was found: there is no such address any more. */
export function becauseGone(error: unknown): never {
  throw error instanceof pg.DatabaseError && error.code === '23503' ? notFound() : error
}
