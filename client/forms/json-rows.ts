import type { Json } from '#nodes/kit/index.ts'
import { pathText, type Segment } from './paths.ts'
import { isObject } from './values.ts'

export interface JsonPlace {
  /** The expression that reads it, from the root's name. */
  path: string
  segments: readonly Segment[]
  name: string
  value: Json
  depth: number
  /** How many are inside; null for a plain value. */
  inside: number | null
}

export type JsonRow =
  | { kind: 'value'; place: JsonPlace; open: boolean }
  | { kind: 'more'; of: string; depth: number; left: number }

/** Elements shown of one list or object before "show more". */
export const SHOWN = 100

export interface OpenState {
  isOpen: (place: JsonPlace) => boolean
  shown: (path: string) => number
}

export function rootPlace(name: string, value: Json): JsonPlace {
  return { path: name, segments: [], name, value, depth: 0, inside: insideOf(value) }
}

function insideOf(value: Json): number | null {
  if (Array.isArray(value)) return value.length
  return isObject(value) ? Object.keys(value).length : null
}

/** The rows to draw: only what is open is looked at. */
export function jsonRows(place: JsonPlace, state: OpenState, root = place.name): JsonRow[] {
  const open = place.inside !== null && place.inside > 0 && state.isOpen(place)
  const row: JsonRow = { kind: 'value', place, open }
  if (!open) return [row]
  const shown = state.shown(place.path)
  const rows = [row, ...childrenOf(place, root, shown).flatMap((child) => jsonRows(child, state, root))]
  const left = (place.inside ?? 0) - shown
  const more: JsonRow = { kind: 'more', of: place.path, depth: place.depth + 1, left }
  return left > 0 ? [...rows, more] : rows
}

function childrenOf(place: JsonPlace, root: string, count: number): JsonPlace[] {
  const { value } = place
  const entries: [Segment, Json][] = Array.isArray(value)
    ? value.slice(0, count).map((element, at) => [at, element])
    : isObject(value)
      ? Object.entries(value).slice(0, count)
      : []
  return entries.map(([segment, inner]) => {
    const segments = [...place.segments, segment]
    const path = pathText(root, segments)
    return {
      path,
      segments,
      name: String(segment),
      value: inner,
      depth: place.depth + 1,
      inside: insideOf(inner),
    }
  })
}

const FOUND_LIMIT = 200
const LOOKED_AT_LIMIT = 200_000

/** Places whose name or text holds the words. Stops at a limit, so that typing never waits. */
export function searchJson(root: JsonPlace, text: string): JsonPlace[] {
  const wanted = text.trim().toLowerCase()
  const found: JsonPlace[] = []
  const queue = [root]
  for (let at = 0; at < queue.length && at < LOOKED_AT_LIMIT && found.length < FOUND_LIMIT; at += 1) {
    const place = queue[at]
    if (!place) break
    const plain = place.inside === null ? String(place.value) : ''
    const named =
      place.depth > 0 &&
      typeof place.segments.at(-1) === 'string' &&
      place.name.toLowerCase().includes(wanted)
    if (named || plain.toLowerCase().includes(wanted)) found.push(place)
    for (const child of childrenOf(place, root.name, LOOKED_AT_LIMIT)) queue.push(child)
  }
  return found
}
