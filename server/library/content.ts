import { createHash } from 'node:crypto'
import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { Capabilities } from '#nodes/graph/library/capabilities.ts'
import { Parameters } from '#nodes/graph/library/parameter.ts'
import { AppError } from '#server/errors.ts'

/** Words of an item in one more language. */
export const Translation = z.object({
  name: z.string(),
  summary: z.string(),
  readme: z.string(),
  /** Texts of the drawing and of the parameters, by the text in the item's own language. */
  texts: z.record(z.string(), z.string()),
})
export const Translations = z.record(z.string(), Translation)
export type Translations = z.infer<typeof Translations>

/** All that an installer gets; what the hash is of. */
export const Content = z.object({
  name: z.string(),
  summary: z.string(),
  icon: z.string(),
  tags: z.array(z.string()),
  readme: z.string(),
  document: WorkflowDocument,
  parameters: Parameters,
  translations: Translations,
})
export type Content = z.infer<typeof Content>

/** A version as it is stored. */
export const StoredVersion = Content.extend({
  number: z.number(),
  capabilities: Capabilities,
  changes: z.string(),
  hash: z.instanceof(Uint8Array),
  review: z.enum(['none', 'pending', 'approved', 'rejected']),
  createdAt: z.date(),
})
export type StoredVersion = z.infer<typeof StoredVersion>

export function hashOf(content: Content): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHash('sha256')
      .update(canonical(Content.parse(content)))
      .digest(),
  )
}

/** The version, if it is what was published; a row that was tampered with is as good as none. */
export function verified(row: unknown): StoredVersion {
  const version = StoredVersion.parse(row)
  if (!Buffer.from(version.hash).equals(hashOf(version)))
    throw new AppError('conflict', 'This version is not what its publisher made: its hash differs')
  return version
}

/** JSON with the keys of objects in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, child]) => child !== undefined)
    fields.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`
  }
  return JSON.stringify(value)
}
