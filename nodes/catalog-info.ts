import { catalog } from './catalog.ts'
import type { FindNode, NodeInfo } from './graph/node-info.ts'
import type { AnyNode } from './kit/define-node.ts'
import { z } from './kit/index.ts'
import { isJson, isJsonObject, Json } from './kit/json.ts'
import { noRetry } from './kit/reliability.ts'

const DEFAULT_TIMEOUT_MS = 60_000

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
  const json: unknown = JSON.parse(JSON.stringify(plain))
  if (!isJson(json) || !isJsonObject(json)) throw new Error('A schema that is not a JSON object')
  return json
}

/** A node definition as data; no code crosses. */
export function describe(node: AnyNode): NodeInfo {
  const { id, version, title, summary, group, icon, line } = node
  const shared = {
    ...{ id, version, title, summary, group, icon },
    ...(line === undefined ? {} : { line }),
    params: schemaOf(node.params, 'input'),
    output: schemaOf(node.output, 'output'),
    examples: node.examples.map((example) => ({
      title: example.title,
      params: Json.parse(example.params),
      ...('output' in example && example.output !== undefined ? { output: Json.parse(example.output) } : {}),
    })),
    effect: 'none' as const,
    retry: noRetry,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    ports: ['out'],
  }
  switch (node.role) {
    case 'trigger':
      return {
        ...shared,
        role: node.role,
        starts: node.starts,
        ...(node.outputLike ? { outputLike: node.outputLike } : {}),
        ...(node.connection ? { connection: node.connection } : {}),
      }
    case 'frame':
      return { ...shared, role: node.role, frame: node.frame }
    case 'step':
      return {
        ...shared,
        role: node.role,
        effect: node.effect,
        ...(node.readsWhen ? { readsWhen: node.readsWhen } : {}),
        retry: node.retry ?? noRetry,
        timeoutMs: node.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        ports: node.ports ?? ['out'],
        ...(node.portsFrom ? { portsFrom: node.portsFrom } : {}),
        ...(node.outputLike ? { outputLike: node.outputLike } : {}),
        ...(node.connection ? { connection: node.connection } : {}),
        ...(node.takesTools ? { takesTools: node.takesTools } : {}),
        ...(node.destination ? { destination: node.destination } : {}),
      }
  }
  return node satisfies never
}

/** The catalog as data, for the client, the checker and the docs. */
export const catalogInfo: readonly NodeInfo[] = catalog.map(describe)

const byId = new Map(catalogInfo.map((info) => [info.id, info]))

/** What `check` and the engine ask; undefined for an unknown type or version. */
export const findInfo: FindNode = (type, version) => {
  const info = byId.get(type)
  return info?.version === version ? info : undefined
}
