import type { WorkflowDocument as Document } from '#nodes/graph/document.ts'
import { documentLimits, WorkflowDocument } from '#nodes/graph/document.ts'
import { type Issue, issuesOf } from '#server/db/issues.ts'
import { AppError } from '#server/errors.ts'

const SHOWN = 20

/** A document from outside, or `invalid` naming each field that is wrong. */
export function documentFrom(value: unknown): Document {
  refuse(limitIssues(value))
  refuse(textIssues(value))
  const parsed = WorkflowDocument.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(issuesOf(parsed.error))
}

function refuse(issues: Issue[]) {
  if (issues.length > 0) throw invalid(issues.slice(0, SHOWN))
}

function invalid(issues: Issue[]) {
  const first = issues[0]
  const where = first?.path ? `${first.path}: ` : ''
  return new AppError('invalid', `The workflow document is not valid. ${where}${first?.message ?? ''}`, {
    issues,
  })
}

/** Limits first: a document of 10,000 nodes is refused for that, not for what is in its nodes. */
function limitIssues(value: unknown): Issue[] {
  const issues: Issue[] = []
  for (const name of ['nodes', 'edges'] as const) {
    const list = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
    if (Array.isArray(list) && list.length > documentLimits[name])
      issues.push({
        path: name,
        message: `A workflow holds at most ${documentLimits[name]} ${name}; this one has ${list.length}`,
      })
  }
  if (issues.length === 0 && Buffer.byteLength(JSON.stringify(value) ?? '') > documentLimits.bytes)
    issues.push({ path: '', message: `A workflow document holds at most ${documentLimits.bytes} bytes` })
  return issues
}

/** Text that Postgres cannot keep in jsonb, and keys that zod would drop without a word. */
function textIssues(value: unknown): Issue[] {
  const issues: Issue[] = []
  const walk = (at: unknown, path: string) => {
    if (issues.length >= SHOWN) return
    if (typeof at === 'string') {
      if (at.includes('\0')) issues.push({ path, message: 'Text cannot hold the character U+0000' })
      else if (/\p{Cs}/u.test(at)) issues.push({ path, message: 'Text cannot hold half of a surrogate pair' })
    } else if (Array.isArray(at)) {
      at.forEach((entry, index) => {
        walk(entry, join(path, String(index)))
      })
    } else if (typeof at === 'object' && at !== null) {
      for (const [key, entry] of Object.entries(at)) {
        if (key === '__proto__') issues.push({ path: join(path, key), message: `Unknown key ${key}` })
        walk(key, join(path, '(key)'))
        walk(entry, join(path, key))
      }
    }
  }
  walk(value, '')
  return issues
}

function join(path: string, key: string) {
  return path ? `${path}.${key}` : key
}
