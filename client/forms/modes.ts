import type { Json } from '#nodes/kit/index.ts'
import type { FieldShape } from './field-shape.ts'
import { isExpression, isPath } from './is-expression.ts'
import { joinTexts, type Part, readTemplate, writeTemplate } from './template.ts'
import { agentOf, asLiteral, blankOf, exprOf, toSource } from './values.ts'

/** `agent`: a tool's field that the agent fills in. */
export type Mode = 'fixed' | 'computed' | 'agent'

/** What a field keeps while it shows the other side. Boxed, as undefined is a value too. */
export interface Memory {
  fixed?: { value: Json | undefined }
  computed?: { value: Json | undefined }
  agent?: { value: Json | undefined }
  /** What the last switch made up itself: not the maker's words, so not worth keeping. */
  derived?: Json | undefined
}

/** How a value has to be shown; a text with pills can be shown either way. */
export function modeOf(value: Json | undefined, shape: FieldShape): Mode | 'either' {
  if (agentOf(value) !== null) return 'agent'
  const source = exprOf(value)
  if (source === null) return value === undefined && startsComputed(shape) ? 'computed' : 'fixed'
  return partsOfValue(value, shape) === null ? 'computed' : 'either'
}

/** A list of anything, or a file, comes from an earlier step, not from the keyboard. */
const startsComputed = (shape: FieldShape) =>
  !shape.static && (shape.kind === 'file' || (shape.kind === 'list' && shape.element.kind === 'value'))

/** Words and pills of a text; null when it is neither text nor made of them. */
export function partsOfValue(value: Json | undefined, shape: FieldShape): Part[] | null {
  if (shape.kind !== 'text' && shape.kind !== 'value') return null
  if (value === undefined) return []
  const source = exprOf(value)
  if (source === null) return typeof value === 'string' ? joinTexts([value]) : null
  if (shape.kind === 'value' && isPath(source)) return [{ expr: source }]
  return readTemplate(source, isExpression)
}

/** Words alone are a literal. Picked data alone keeps its type where any is allowed, and is text where text is. */
export function valueOfParts(parts: readonly Part[], shape: FieldShape): Json {
  const [only] = parts
  if (parts.every((part) => typeof part === 'string')) return parts.join('')
  if (shape.kind === 'value' && parts.length === 1 && typeof only === 'object' && isPath(only.expr)) {
    return { expr: only.expr }
  }
  return { expr: writeTemplate(parts) }
}

/** The other side's value, and what to remember of this one. */
export function switchMode(
  to: Mode,
  now: { value: Json | undefined; shape: FieldShape; memory: Memory; from?: Mode },
): { value: Json | undefined; memory: Memory } {
  const from = now.from ?? otherSide(to, now.value)
  const touched = JSON.stringify(now.value) !== JSON.stringify(now.memory.derived) || now.value === undefined
  const memory: Memory = { ...now.memory, derived: undefined }
  if (touched) memory[from] = { value: now.value }
  const kept = memory[to]
  if (kept) return { value: kept.value, memory }
  const value = turned(to, now)
  return { value, memory: { ...memory, derived: value } }
}

/** Where a value must come from, where nobody says. */
function otherSide(to: Mode, value: Json | undefined): Mode {
  if (agentOf(value) !== null) return 'agent'
  if (to === 'agent') return exprOf(value) === null ? 'fixed' : 'computed'
  return to === 'fixed' ? 'computed' : 'fixed'
}

function turned(
  to: Mode,
  { value, shape }: { value: Json | undefined; shape: FieldShape },
): Json | undefined {
  const given = agentOf(value) === null ? value : undefined
  switch (to) {
    case 'fixed':
      return toFixed(given, shape)
    case 'computed':
      return toComputed(given)
    case 'agent':
      return { agent: '' }
    default:
      return to satisfies never
  }
}

function toComputed(value: Json | undefined): Json {
  if (exprOf(value) !== null && value !== undefined) return value
  if (value === undefined || value === '' || value === null) return { expr: '' }
  return { expr: toSource(value) }
}

function toFixed(value: Json | undefined, shape: FieldShape): Json | undefined {
  const source = exprOf(value)?.trim() ?? ''
  if (source === '') return emptyOf(shape)
  const json = readJson(source)
  if (shape.kind === 'value' && isPath(source)) return { expr: source }
  if (shape.kind === 'value' && json !== undefined) return asLiteral(json)
  if (shape.kind === 'text' || shape.kind === 'value') {
    if (typeof json === 'string') return json
    return isExpression(source) ? { expr: writeTemplate([{ expr: source }]) } : source
  }
  const blank = blankOf(shape)
  const fits = typeof json === typeof blank && Array.isArray(json) === Array.isArray(blank)
  return json !== undefined && (fits || shape.kind === 'json') ? asLiteral(json) : emptyOf(shape)
}

/** Nothing is better than a made-up value, but a list without one would turn back to computed. */
const emptyOf = (shape: FieldShape): Json | undefined => (shape.kind === 'list' ? [] : undefined)

function readJson(source: string): Json | undefined {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}
