import pg from 'pg'
import { AppError, notFound } from '#server/errors.ts'

/**
 * For whoever calls from outside. The workflow was deleted after its hook was found: there is no such address any more.
 * Why a tenant is suspended is between its members and the installation.
 */
export function becauseGone(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === '23503') throw notFound()
  throw error instanceof AppError && error.details?.reason === 'suspended' ? notTaken() : error
}

/** Nothing starts in a suspended tenant. */
export function notTaken(): AppError {
  return new AppError('forbidden', 'This address takes nothing at the moment', { reason: 'suspended' })
}
