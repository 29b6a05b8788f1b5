import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'
import type { DocumentNode, WorkflowDocument } from '../document.ts'
import type { Target } from './parameter.ts'

/** The value at a place; undefined where there is none, or no such node. */
export function valueAt(document: WorkflowDocument, { node: key, path }: Target): Json | undefined {
  const node = document.nodes.find((one) => one.key === key)
  const [first, ...rest] = path
  if (!node || first === undefined) return undefined
  if (first === 'connection') return rest.length === 0 ? node.connection : undefined
  if (first !== 'params' || rest.length === 0) return undefined
  let value: Json | undefined = node.params
  for (const step of rest) value = value === undefined ? undefined : childAt(value, step)
  return value
}

/** The document with a value put at a place. Where the way there does not exist, it stays as it is. */
export function put(document: WorkflowDocument, { node: key, path }: Target, value: Json): WorkflowDocument {
  const nodes = document.nodes.map((node) => (node.key === key ? putInNode(node, path, value) : node))
  return { ...document, nodes }
}

function putInNode(node: DocumentNode, [first, ...rest]: readonly string[], value: Json): DocumentNode {
  if (first === 'connection' && rest.length === 0) {
    const { connection: _, ...others } = node
    return typeof value === 'string' && value !== '' ? { ...others, connection: value } : others
  }
  if (first !== 'params' || rest.length === 0) return node
  const params = putInside(node.params, rest, value)
  return isJsonObject(params) ? { ...node, params } : node
}

function putInside(into: Json, [step, ...rest]: readonly string[], value: Json): Json {
  if (step === undefined) return value
  const child = childAt(into, step)
  if (child === undefined && rest.length > 0) return into
  const next = putInside(child ?? null, rest, value)
  if (Array.isArray(into)) return into.map((one, index) => (String(index) === step ? next : one))
  return isJsonObject(into) ? withField(into, step, next) : into
}

/** In its old place when it was there. */
const withField = (object: JsonObject, name: string, value: Json): JsonObject =>
  Object.fromEntries([...new Map(Object.entries(object)).set(name, value)])

function childAt(value: Json, step: string): Json | undefined {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(step) ? value[Number(step)] : undefined
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}
