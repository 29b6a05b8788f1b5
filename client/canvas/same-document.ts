import type { WorkflowDocument } from '#nodes/graph/document.ts'

/** Whether two documents say the same; the order of keys says nothing, and neither does a key without a value. */
export function sameDocument(one: WorkflowDocument, other: WorkflowDocument): boolean {
  return one === other || same(one, other)
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [left, right] = [entriesOf(one), entriesOf(other)]
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)))
  )
}

const entriesOf = (value: object) => new Map(Object.entries(value).filter(([, inner]) => inner !== undefined))
