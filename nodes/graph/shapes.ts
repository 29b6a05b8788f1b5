import { z } from 'zod'
import type { JsonSchema } from '../kit/define-node.ts'
import { FormField, schemaOfFields } from '../kit/form-fields.ts'
import { isJsonObject, type Json } from '../kit/json.ts'
import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from './document.ts'
import { references } from './expression/references.ts'
import { inferType } from './expression/types.ts'
import { type Graph, toGraph } from './graph.ts'
import { anything, elementSchema, schemaOr } from './json-schema.ts'
import type { FindNode, NodeInfo } from './node-info.ts'
import { schemaOf } from './schema-of.ts'
import { isTry } from './scopes.ts'
import { around, standing, type Upstream, upstreamOf } from './upstream.ts'
import { walk } from './walk.ts'

/** More fields than this and an object is just an object: shapes must not grow with every step of a long chain. */
const MAX_FIELDS = 200

const text: JsonSchema = { type: 'string' }
const moment: JsonSchema = { type: 'string', format: 'date-time' }

/** What expressions know of a run, whatever the workflow. */
const surroundings: Record<string, JsonSchema> = {
  vars: { type: 'object' },
  run: { type: 'object', properties: { id: text, startedAt: moment, startedBy: text } },
  workflow: { type: 'object', properties: { id: text, name: text, version: { type: ['integer', 'null'] } } },
  tenant: { type: 'object', properties: { id: text, name: text, slug: text } },
  now: moment,
}

/** What comes out of an `error` port (`errorOutput` in scope.ts). */
const failureShape: JsonSchema = {
  type: 'object',
  properties: { error: { type: 'object', properties: { code: text, message: text } } },
}
/** What catches in a *try* is told. */
const caughtShape: JsonSchema = {
  type: 'object',
  properties: { error: { type: 'object', properties: { code: text, message: text, step: text } } },
}

/** The types of everything in a document. Made once, in the order of the graph. */
export interface Shapes {
  graph: Graph
  upstream: Upstream
  output(key: NodeKey): JsonSchema
  /** What the expressions of a node may read; those of a tool read what its agent reads. */
  scope(key: NodeKey, place?: Place, steps?: readonly NodeKey[]): Record<string, JsonSchema>
}

/** `list` is the list a node repeats over; `until` is asked of a *repeat* after each round, inside it. */
export type Place = 'params' | 'list' | 'until'

/** The types of `trigger`, `steps`, `input`, `item` and the rest for the parameters of one node. */
export function scopeTypes(
  document: WorkflowDocument,
  key: NodeKey,
  find: FindNode,
): Record<string, JsonSchema> {
  return shapesOf(toGraph(document), find).scope(key)
}

export function shapesOf(graph: Graph, find: FindNode): Shapes {
  const upstream = upstreamOf(graph)
  const outputs = new Map<NodeKey, JsonSchema>()
  const items = new Map<NodeKey, JsonSchema>()
  const triggers = graph
    .children(undefined)
    .filter(({ type, version }) => find(type, version)?.role === 'trigger')
  const output = (key: NodeKey) => outputs.get(key) ?? anything

  const shapes: Shapes = {
    graph,
    upstream,
    output,
    scope(reader, place = 'params', steps = stepsAt(reader, place)) {
      const key = standing(graph, reader)
      const node = graph.nodes.get(key)
      const item = itemAt(key, place)
      return {
        trigger: triggerOf(key),
        steps: {
          type: 'object',
          properties: Object.fromEntries(steps.map((step) => [step, givenBy(step, key)])),
        },
        input: node ? inputOf(node) : anything,
        ...(item ? { item, index: { type: 'integer' } } : {}),
        ...surroundings,
      }
    },
  }

  for (const { key, moment } of walk(graph)) {
    const node = graph.nodes.get(key)
    const info = node && find(node.type, node.version)
    if (!node || !info) continue
    if (moment === 'enter') {
      const list = node.repeat?.list ?? (info.role === 'frame' ? node.params.list : undefined)
      if (list !== undefined) items.set(key, elementSchema(shapeOfParam(list, key, 'list')))
    }
    if (moment === 'leave')
      outputs.set(key, info.role === 'frame' ? frameOutput(key, info.frame) : stepOutput(node, info))
  }
  return shapes

  function stepsAt(key: NodeKey, place: Place): NodeKey[] {
    const inside = place === 'until' ? graph.children(key).map((child) => child.key) : []
    return [...upstream.of(key), ...inside]
  }

  /** What the wire delivers. Where several are drawn, which are taken is known only in the run. */
  function inputOf(node: DocumentNode): JsonSchema {
    const { key, parent } = receiver(node)
    const edges = graph.into(key)
    const [first] = edges
    if (first && edges.every(({ from }) => from === first.from)) return deliveredBy(first.from, edges)
    const undone = graph.undoes(key)
    if (!first && undone !== undefined) return outputOfOne(undone)
    const frame = parent === undefined ? undefined : graph.nodes.get(parent)
    if (first || !frame) return anything
    if (!isTry(frame)) return items.get(frame.key) ?? anything
    const section = graph.sectionOf(key)
    return section === 'catch' ? caughtShape : anything
  }

  /** The first steps in the body of a *try* get what the frame gets. Ends even where parents make a circle. */
  function receiver(node: DocumentNode): DocumentNode {
    const seen = new Set<NodeKey>()
    let at = node
    for (let frame = tryAround(at); frame && !seen.has(at.key); frame = tryAround(at)) {
      seen.add(at.key)
      at = frame
    }
    return at
  }

  function tryAround({ key, parent }: DocumentNode): DocumentNode | undefined {
    const frame = parent === undefined ? undefined : graph.nodes.get(parent)
    const isFirst = graph.into(key).length === 0 && graph.undoes(key) === undefined
    return frame && isTry(frame) && isFirst && graph.sectionOf(key) === 'body' ? frame : undefined
  }

  /** What undoes a repeating node undoes one element of it. */
  function outputOfOne(key: NodeKey): JsonSchema {
    return graph.nodes.get(key)?.repeat ? elementSchema(output(key)) : output(key)
  }

  /** What a step has given by the time another reads it: its output, or what went wrong where only that leads there. */
  function givenBy(step: NodeKey, reader: NodeKey): JsonSchema {
    if (isTry(graph.nodes.get(step)) && around(graph, reader).includes(step)) return caughtShape
    if (graph.undoes(reader) === step) return outputOfOne(step)
    const edges = graph.outOf(step)
    if (edges.every(({ port }) => port !== 'error')) return output(step)
    const readers = around(graph, reader)
    return deliveredBy(
      step,
      edges.filter(({ to }) => readers.includes(to) || upstream.leadsTo(to, reader)),
    )
  }

  function deliveredBy(from: NodeKey, edges: readonly DocumentEdge[]): JsonSchema {
    const failing = edges.filter(({ port }) => port === 'error').length
    if (failing === 0) return output(from)
    return failing === edges.length ? failureShape : anything
  }

  function itemAt(key: NodeKey, place: Place): JsonSchema | undefined {
    const node = graph.nodes.get(key)
    if (place === 'until') return lastOutput(key)
    if (place === 'params' && node?.repeat) return items.get(key) ?? anything
    const undone = graph.undoes(key)
    if (undone !== undefined) return itemAt(undone, 'params')
    // What is inside a *try* is not inside a list.
    const frame = around(graph, key).find((one) => one !== key && !isTry(graph.nodes.get(one)))
    return frame === undefined ? undefined : (items.get(frame) ?? anything)
  }

  function triggerOf(key: NodeKey): JsonSchema {
    const leading = triggers.filter((trigger) => upstream.leadsTo(trigger.key, key))
    const [only, ...others] = leading.length > 0 ? leading : triggers
    return only && others.length === 0 ? output(only.key) : anything
  }

  function frameOutput(key: NodeKey, frame: NodeInfo['frame']): JsonSchema {
    // What caught may have given something else.
    if (frame === 'try')
      return graph.children(key).some((child) => graph.sectionOf(child.key) === 'catch')
        ? anything
        : lastOutput(key)
    if (frame !== 'repeat') return { type: 'array', items: lastOutput(key) }
    const properties = { output: lastOutput(key), rounds: { type: 'integer' }, met: { type: 'boolean' } }
    return { type: 'object', properties }
  }

  /** What one turn of a frame gives: the output of its last step, where there is one. */
  function lastOutput(key: NodeKey): JsonSchema {
    const ends = graph
      .children(key)
      .filter((child) => !graph.isTool(child.key) && isInBody(child))
      .filter((child) => graph.outOf(child.key).every(({ port }) => port === 'error'))
    const [only, ...others] = ends
    return only && others.length === 0 ? output(only.key) : anything
  }

  function isInBody({ key }: DocumentNode): boolean {
    return graph.undoes(key) === undefined && graph.sectionOf(key) === 'body'
  }

  function stepOutput(node: DocumentNode, info: NodeInfo): JsonSchema {
    const one = drawnOutput(node, info)
    return node.repeat ? { type: 'array', items: one } : one
  }

  function drawnOutput(node: DocumentNode, { outputLike, output: declared }: NodeInfo): JsonSchema {
    if (outputLike === undefined) return declared
    if (outputLike === 'input') return inputOf(node)
    if ('schema' in outputLike)
      return placed(paramAt(node, outputLike.schema), { declared, at: outputLike.at })
    if ('form' in outputLike)
      return placed(formShape(paramAt(node, outputLike.form)), { declared, at: outputLike.at })
    if ('param' in outputLike) {
      const value = node.params[outputLike.param]
      return value === undefined ? declared : shapeOfParam(value, node.key, 'params')
    }
    const { fields: from, keep } = outputLike
    const fields = Array.isArray(node.params[from]) ? node.params[from] : []
    const kept = keep !== undefined && node.params[keep] === true ? inputOf(node) : { properties: {} }
    return fieldsOutput({ node, fields, kept })
  }

  function fieldsOutput(about: { node: DocumentNode; fields: Json[]; kept: JsonSchema }): JsonSchema {
    const named = about.fields.flatMap((field) =>
      isJsonObject(field) && typeof field.name === 'string'
        ? [[field.name, shapeOfParam(field.value ?? null, about.node.key, 'params')] as const]
        : [],
    )
    const kept = Object.entries(schemaOr(about.kept.properties, {}))
    if (kept.length + named.length > MAX_FIELDS) return { type: 'object' }
    return { type: 'object', properties: Object.fromEntries([...kept, ...named]) }
  }

  /** The type of a parameter's value, computed or not. */
  function shapeOfParam(value: Json, key: NodeKey, place: Place): JsonSchema {
    return schemaOf(value, (source) => {
      const steps = references(source).steps.filter((step) => upstream.leadsTo(step, key))
      return inferType(source, shapes.scope(key, place, steps)).schema
    })
  }
}

/** A parameter by its dot path; undefined for none. */
function paramAt({ params }: DocumentNode, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (at, key) => (isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      params,
    )
}

/** What the maker says of the output, or of one field of it, over what its definition says. */
function placed(
  schema: Json | undefined,
  about: { declared: JsonSchema; at: string | undefined },
): JsonSchema {
  const { declared, at } = about
  if (!isJsonObject(schema) || Object.keys(schema).length === 0) return declared
  if (at === undefined) return schema
  return { ...declared, properties: { ...schemaOr(declared.properties, {}), [at]: schema } }
}

function formShape(fields: Json | undefined): JsonSchema | undefined {
  const read = z.array(FormField).safeParse(fields)
  return read.success ? schemaOfFields(read.data) : undefined
}
