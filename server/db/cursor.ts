import { z } from 'zod'
import { AppError } from '#server/errors.ts'
import { Moment } from './moment.ts'

const Position = z.tuple([Moment, z.uuid()])

/** Marks the last row of a page in a list ordered by time and id, so that rows added meanwhile shift nothing. */
export function writeCursor(at: Date, id: string): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')
}

export function readCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { at, id }
  } catch {
    throw new AppError('invalid', 'The cursor is not one that this list gave', {
      issues: [{ path: 'cursor', message: 'Not a cursor of this list' }],
    })
  }
}
