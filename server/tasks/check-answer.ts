import { z } from 'zod'
import { fillIn } from '#nodes/kit/fill-in.ts'
import { isJsonObject, Json } from '#nodes/kit/json.ts'
import type { QuestionRequest } from '#nodes/kit/sub-step.ts'
import { issuesOf } from '#server/db/issues.ts'
import { encodeJson } from '#server/db/json.ts'
import { prose } from '#server/db/plain-text.ts'
import { AppError } from '#server/errors.ts'

const MOST_BYTES = 256 * 1024

const Approval = z.strictObject({
  approved: z.boolean(),
  comment: prose(4_000).optional(),
  /** What was approved, where it may be changed. */
  data: Json.optional(),
})

/** An answer held to what was asked. Throws what names the field that is wrong. */
export function checkedAnswer(
  { kind, request }: { kind: 'approval' | 'form'; request: QuestionRequest },
  value: Json,
): Json {
  if (encodeJson(value).length > MOST_BYTES)
    throw new AppError('limit_reached', `An answer may hold ${MOST_BYTES / 1024} KB`)
  if (kind === 'form') return filledIn(request, value)
  const { approved, comment, data } = parse(Approval, value)
  if (data !== undefined && request.editable !== true) throw refused('data', 'This may not be changed here')
  if (data !== undefined && isJsonObject(request.data) && !isJsonObject(data))
    throw refused('data', 'This must be an object, as what was asked about')
  return { approved, ...(comment ? { comment } : {}), ...(data === undefined ? {} : { data }) }
}

/** As for a form that anybody fills in: null where nothing was, and a file only from who has stored it. */
function filledIn({ fields }: QuestionRequest, value: Json): Json {
  if (!isJsonObject(value)) throw new AppError('invalid', 'The answers to a form are an object by its fields')
  const read = fillIn(isJsonObject(fields) ? fields : {}, value)
  if (!read.faults) return read.values
  const issues = read.faults.map(({ name, fault }) => ({ path: `value.${name}`, message: fault }))
  const [first] = issues
  throw new AppError('invalid', `${first?.path}: ${first?.message}`, { issues, faults: read.faults })
}

function parse<T>(schema: z.ZodType<T>, value: Json): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error)
  const [first] = issues
  throw new AppError('invalid', `${first?.path ? `${first.path}: ` : ''}${first?.message ?? 'Not valid'}`, {
    issues: issues.map(({ path, message }) => ({ path: path === '' ? 'value' : `value.${path}`, message })),
  })
}

const refused = (field: string, message: string) =>
  new AppError('invalid', `${field}: ${message}`, { issues: [{ path: `value.${field}`, message }] })
