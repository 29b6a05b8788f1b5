import type { z } from 'zod'
import { issuesOf } from '#server/db/issues.ts'
import { AppError } from '#server/errors.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { readJson, readText } from '../read-json.ts'

/** A small JSON body, as a page of ours sends it. */
export function readObject<Shape extends z.ZodType>(
  request: { body: unknown; headers: { 'content-type'?: string } },
  { shape, bytes }: { shape: Shape; bytes: number },
): z.output<Shape> {
  const [media = ''] = (request.headers['content-type'] ?? '').split(';')
  if (media.trim().toLowerCase() !== 'application/json')
    throw new HttpRefusal({ status: 415, code: 'invalid', message: 'This address takes application/json' })
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  if (body.length > bytes)
    throw new HttpRefusal({
      status: 413,
      code: 'limit_reached',
      message: `The body has at most ${bytes} bytes`,
    })
  const read = shape.safeParse(readJson(readText(body), { depth: 10, values: 1_000 }))
  if (read.success) return read.data
  const issues = issuesOf(read.error)
  const [first] = issues
  throw new AppError('invalid', first ? `${first.path}: ${first.message}` : 'The input is not valid', {
    issues,
  })
}
