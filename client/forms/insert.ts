import type { Json } from '#nodes/kit/index.ts'
import type { FieldShape } from './field-shape.ts'
import type { Picked } from './scope.ts'
import { joinTexts, type Part } from './template.ts'
import { exprOf } from './values.ts'

/** A source with picked data put over its selection, and where the cursor goes. */
export function intoSource(source: string, at: { from: number; to: number }, expr: string) {
  const before = source.slice(0, at.from)
  const after = source.slice(at.to)
  const open = /[\w$)\]"'`]$/.test(before) ? ' ' : ''
  const close = /^[\w$("'`]/.test(after) ? ' ' : ''
  const inserted = `${open}${expr}${close}`
  return { source: before + inserted + after, cursor: before.length + inserted.length }
}

/** A text with picked data at its end: what a drop on a field without a cursor does. */
export const intoText = (parts: readonly Part[], expr: string): Part[] => joinTexts([...parts, { expr }])

/** The value of any other field: the picked data takes its place, or joins the expression it has. */
export function intoValue(value: Json | undefined, expr: string): Json {
  const source = exprOf(value)
  if (source === null || source.trim() === '') return { expr }
  return { expr: intoSource(source, { from: source.length, to: source.length }, expr).source }
}

/** Kinds that hold many values take a list as it is; every other field takes one. */
export const takesOne = (shape: FieldShape) =>
  shape.kind !== 'list' && shape.kind !== 'json' && shape.kind !== 'fields' && shape.kind !== 'record'

/** The list to repeat a step over, so that picked data from inside it becomes one value; null when there is none. */
export const listToRepeat = (picked: Picked, shape: FieldShape): string | null =>
  takesOne(shape) ? (picked.lists[0] ?? null) : null

/** Picked data said from inside a repeat over `list`: `steps.get.orders[0].total` → `item.total`. */
export function underRepeat(expr: string, list: string): string {
  const first = `${list}[0]`
  return expr.startsWith(first) ? `item${expr.slice(first.length)}` : expr
}

/** Picked data for a field that takes many: `orders[0].total` → `orders.map((each) => each.total)`. */
export function asList(picked: Picked): string {
  const list = picked.lists.at(-1)
  if (list === undefined) return picked.expr
  const rest = picked.expr.slice(`${list}[0]`.length)
  return rest === '' ? list : `${list}.map((each) => each${rest})`
}
