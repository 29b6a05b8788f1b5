import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { JsonObject } from '#nodes/kit/json.ts'
import { AppError } from '#server/errors.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { readObject } from '../public/read-object.ts'
import { JsonRefusal } from '../read-json.ts'

export const formLimits = {
  /** Of the answers without files. */
  bytes: 512 * 1024,
  fileBytes: 10 * 1024 * 1024,
  files: 10,
  /** Of everything that comes at once. */
  wholeBytes: 24 * 1024 * 1024,
} as const

const Answers = z.strictObject({
  fields: JsonObject,
  /** Hidden on the page: only programs fill it in. */
  website: z.string().max(2_000).optional(),
  /** Names this filling in, so that sending it again starts nothing twice. */
  id: z.uuid().optional(),
})

export interface Submission extends z.infer<typeof Answers> {
  /** By the name of their field. */
  files: ReadonlyMap<string, File>
}

/** What a form page sends: JSON, or with files a multipart body whose part `answers` is that JSON. */
export async function readSubmission(request: Pick<FastifyRequest, 'body' | 'headers'>): Promise<Submission> {
  const type = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type))
    return { ...readObject(request, { shape: Answers, bytes: formLimits.bytes }), files: new Map() }
  const parts = await readParts(request.body, type)
  const answers = parts.get('answers')
  if (typeof answers !== 'string') throw new AppError('invalid', 'The part “answers” is missing')
  const read = readObject(
    { body: Buffer.from(answers), headers: { 'content-type': 'application/json' } },
    { shape: Answers, bytes: formLimits.bytes },
  )
  return { ...read, files: filesIn(parts) }
}

/** The whole body is here and bounded by the route. */
async function readParts(body: unknown, type: string): Promise<FormData> {
  try {
    const bytes = Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array()
    return await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch {
    throw new JsonRefusal('The body is not a form with files')
  }
}

function filesIn(parts: FormData): ReadonlyMap<string, File> {
  const files = new Map<string, File>()
  for (const [name, part] of parts) {
    if (name === 'answers') continue
    if (typeof part === 'string') throw new AppError('invalid', `The part “${name.slice(0, 60)}” is no file`)
    // What a browser sends for a file field that was left empty.
    if (part.size === 0 && part.name === '') continue
    if (files.has(name)) throw new AppError('invalid', `${name.slice(0, 60)} holds one file`)
    if (part.size > formLimits.fileBytes) throw tooLarge(part)
    files.set(name, part)
  }
  if (files.size > formLimits.files)
    throw new AppError('invalid', `At most ${formLimits.files} files can be sent at once`)
  return files
}

function tooLarge({ name }: File) {
  return new HttpRefusal({
    status: 413,
    code: 'limit_reached',
    message: `${name.slice(0, 100)} is larger than ${formLimits.fileBytes / 1024 / 1024} MB`,
  })
}
