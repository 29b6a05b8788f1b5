import { elementSchema, propertySchema, schemaOr } from '#nodes/graph/json-schema.ts'
import type { Json, JsonSchema } from '#nodes/kit/index.ts'
import { pathText, type Segment } from './paths.ts'
import { type TypeWord, typeOfSchema, typeOfValue } from './schema-type.ts'
import type { DataSource, Picked } from './scope.ts'
import { isObject } from './values.ts'

/** A place in a source: what is known of it, and what it was in the last run. */
export interface Place {
  /** Unique in the panel: the path of the place. */
  id: string
  source: DataSource
  segments: readonly Segment[]
  name: string
  schema: JsonSchema
  value: Json | undefined
  type: TypeWord
  depth: number
  /** Lists on the way, as expressions. */
  lists: readonly string[]
  /** Stands for each element of the list above it. */
  isElement: boolean
}

export type TreeRow =
  | { kind: 'place'; place: Place; open: boolean; canOpen: boolean }
  | { kind: 'more'; id: string; of: string; depth: number; left: number }
  | { kind: 'unknown'; id: string; depth: number }

/** Fields shown of one object before "show more". */
export const FIELDS_SHOWN = 50

export function rootOf(source: DataSource): Place {
  const { schema, sample } = source
  return {
    id: source.path,
    source,
    segments: [],
    name: source.title,
    schema,
    value: sample,
    type: sample === undefined ? typeOfSchema(schema) : typeOfValue(sample),
    depth: 0,
    lists: [],
    isElement: false,
  }
}

export const exprAt = (place: Place) => pathText(place.source.path, place.segments)

export const pickedAt = (place: Place): Picked => ({
  expr: exprAt(place),
  schema: place.schema,
  lists: [...place.lists],
  ...(place.value === undefined ? {} : { sample: place.value }),
})

/** What is inside a place, from its value and its schema; a list shows one element, which stands for all. */
export function childrenOf(place: Place): Place[] {
  if (place.type === 'list') return elementOf(place)
  const value = isObject(place.value) ? place.value : {}
  const names = new Set([...Object.keys(value), ...Object.keys(schemaOr(place.schema.properties, {}))])
  return [...names].map((name) => child(place, { segment: name, name, value: ownValue(value, name) }))
}

const ownValue = (value: { [key: string]: Json }, name: string) =>
  Object.hasOwn(value, name) ? value[name] : undefined

function elementOf(place: Place): Place[] {
  const first = Array.isArray(place.value) ? place.value[0] : undefined
  if (first === undefined && Object.keys(elementSchema(place.schema)).length === 0) return []
  const element = child(place, { segment: 0, name: '', value: first })
  return [{ ...element, isElement: true, lists: [...place.lists, exprAt(place)] }]
}

function child(place: Place, at: { segment: Segment; name: string; value: Json | undefined }): Place {
  const segments = [...place.segments, at.segment]
  const schema =
    typeof at.segment === 'number' ? elementSchema(place.schema) : propertySchema(place.schema, at.segment)
  return {
    id: pathText(place.source.path, segments),
    source: place.source,
    segments,
    name: at.name,
    schema,
    value: at.value,
    type: at.value === undefined ? typeOfSchema(schema) : typeOfValue(at.value),
    depth: place.depth + 1,
    lists: place.lists,
    isElement: false,
  }
}

export interface Opened {
  isOpen: (place: Place) => boolean
  /** How many more fields than `FIELDS_SHOWN` to show, by the id of their object. */
  more: ReadonlyMap<string, number>
}

/** The rows to draw. Only what is open is looked at, so the size of the data does not matter. */
export function rowsOf(sources: readonly DataSource[], opened: Opened): TreeRow[] {
  return sources.flatMap((source) => rowsAt(rootOf(source), opened))
}

function rowsAt(place: Place, opened: Opened): TreeRow[] {
  const isBranch = place.type === 'list' || place.type === 'object' || place.type === 'any'
  const children = isBranch ? childrenOf(place) : []
  const canOpen = children.length > 0 || (place.depth === 0 && place.value === undefined)
  const open = canOpen && opened.isOpen(place)
  const row: TreeRow = { kind: 'place', place, open, canOpen }
  if (!open) return [row]
  if (children.length === 0) {
    const unknown: TreeRow = { kind: 'unknown', id: `${place.id} unknown`, depth: place.depth + 1 }
    return place.value === undefined ? [row, unknown] : [row]
  }
  const shown = FIELDS_SHOWN + (opened.more.get(place.id) ?? 0)
  const rows = [row, ...children.slice(0, shown).flatMap((inner) => rowsAt(inner, opened))]
  const left = children.length - shown
  const more: TreeRow = { kind: 'more', id: `${place.id} more`, of: place.id, depth: place.depth + 1, left }
  return left > 0 ? [...rows, more] : rows
}

const SEARCH_LIMIT = 200
const LOOKED_AT_LIMIT = 5_000

/** Places whose name holds the text, wherever they are, breadth first. */
export function search(sources: readonly DataSource[], text: string): Place[] {
  const wanted = text.trim().toLowerCase()
  const found: Place[] = []
  const queue = sources.map(rootOf)
  for (let at = 0; at < queue.length && at < LOOKED_AT_LIMIT && found.length < SEARCH_LIMIT; at += 1) {
    const place = queue[at]
    if (!place) break
    if (place.name.toLowerCase().includes(wanted) && !place.isElement) found.push(place)
    if (place.depth < 12 && place.type !== 'text') queue.push(...childrenOf(place))
  }
  return found
}
