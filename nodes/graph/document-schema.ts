import { z } from 'zod'
import type { JsonSchema } from '../kit/define-node.ts'
import { isJson, isJsonObject } from '../kit/json.ts'
import { WorkflowDocument } from './document.ts'

/** The published JSON Schema of a workflow document, as someone writes it: what has a default may be left out. */
export const documentSchema: JsonSchema = published()

function published(): JsonSchema {
  const schema: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(WorkflowDocument, { io: 'input' })))
  if (!isJson(schema) || !isJsonObject(schema)) throw new Error('The document has no JSON Schema')
  return {
    ...schema,
    title: 'Trama workflow',
    description: 'A parameter is a literal, or { "expr": "…" } for a computed value, at any depth.',
  }
}
