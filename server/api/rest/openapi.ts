import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { Drawing } from '../inputs.ts'
import type { RestRoute } from './registry.ts'

type Schema = Record<string, unknown>

const DOCUMENT_REF = '#/components/schemas/WorkflowDocument'

/** The JSON Schema of what a maker draws and the API exchanges. */
export function documentSchema(): Schema {
  return {
    ...schemaOf(WorkflowDocument, 'input'),
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Trama workflow document',
    description: 'A parameter is a literal, or { "expr": "…" } for a computed value, at any depth.',
  }
}

/** The OpenAPI document, made from the very schemas that check the requests. */
export function openapi(routes: readonly RestRoute[], { baseUrl }: { baseUrl: string }): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Trama', version: '1', description: 'Numbers are IEEE 754 doubles; moments are UTC.' },
    servers: [{ url: baseUrl }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the tenant' },
      },
      schemas: { WorkflowDocument: schemaOf(WorkflowDocument, 'input'), Error: errorSchema },
    },
  }
}

function operation(route: RestRoute): Schema {
  const { status, method, path } = route
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[/:]+(\w)/g, (_, first: string) => first.toUpperCase())}`,
    summary: route.summary,
    tags: [path.split('/')[1]],
    description: `Needs the scope \`${route.permission}\`.`,
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.repeatable ? [idempotencyKey] : []),
    ],
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [status]: status === 204 ? { description: 'Done' } : answered(route, 'Done'),
      ...(route.isUnderWay ? { 202: answered(route, 'Under way') } : {}),
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function answered({ reply }: RestRoute, description: string): Schema {
  return { description, content: { 'application/json': { schema: schemaOf(reply, 'output') } } }
}

function parameters(shape: z.ZodObject, where: 'path' | 'query'): Schema[] {
  return Object.entries(shape.shape).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || !z.object({ [name]: schema }).safeParse({}).success,
    schema: schemaOf(z.object({ [name]: schema }), 'output', name),
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output', property?: string): Schema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    // Times, payloads and documents have no schema of zod's; they are any JSON or a reference.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === Drawing) jsonSchema.$ref = DOCUMENT_REF
    },
  })
  const plain = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(made)))
  if (property === undefined) return plain
  const properties = z.record(z.string(), z.record(z.string(), z.unknown())).parse(plain.properties)
  return properties[property] ?? {}
}

const idempotencyKey: Schema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Your name for this request: repeated with the same key, it gives what the first one made.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const errorSchema: Schema = {
  type: 'object',
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string', description: 'Stable; branch on it.' },
    message: { type: 'string', description: 'What happened and what to do.' },
    requestId: { type: 'string' },
    issues: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    problems: { type: 'array', items: { type: 'object' } },
    details: { type: 'object' },
  },
}
