import { isJsonObject, type Json, z } from '../kit/index.ts'

/** What a condition may ask, with the words a maker reads. */
export const opLabels = {
  equals: 'is equal to',
  not_equals: 'is not equal to',
  greater: 'is greater than',
  less: 'is less than',
  at_least: 'is at least',
  at_most: 'is at most',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  is_empty: 'is empty',
  is_not_empty: 'is not empty',
  is_true: 'is true',
  is_false: 'is false',
  exists: 'exists',
} as const

export const Op = z
  .enum([
    'equals',
    'not_equals',
    'greater',
    'less',
    'at_least',
    'at_most',
    'contains',
    'not_contains',
    'starts_with',
    'ends_with',
    'is_empty',
    'is_not_empty',
    'is_true',
    'is_false',
    'exists',
  ])
  .default('equals')
  .meta({ title: 'Comparison', options: opLabels, static: true })
export type Op = z.output<typeof Op>

const Match = z
  .enum(['all', 'any'])
  .default('all')
  .meta({
    title: 'Must hold',
    options: { all: 'All of them', any: 'Any of them' },
    static: true,
  })

/** Rules that must hold, all or any of them. */
export const conditions = <Rule extends z.ZodType>(rule: Rule) =>
  z.object({ match: Match, rules: z.array(rule).min(1).max(50).meta({ title: 'Rules' }) })

/** Whether rules hold, given what each one says. */
export const decide = <Rule>(
  { match, rules }: { match: 'all' | 'any'; rules: readonly Rule[] },
  answer: (rule: Rule) => boolean,
) => (match === 'all' ? rules.every(answer) : rules.some(answer))

/**
 * Compares the way a maker means it: text that looks like a number is that number when compared with a number,
 * two texts are compared by order of letters unless both look like numbers, and `null` stands for "nothing there".
 */
export function holds({ left, op, right }: { left: Json; op: Op; right: Json }): boolean {
  switch (op) {
    case 'equals':
      return same(left, right)
    case 'not_equals':
      return !same(left, right)
    case 'greater':
      return ordered(left, right, (order) => order > 0)
    case 'less':
      return ordered(left, right, (order) => order < 0)
    case 'at_least':
      return ordered(left, right, (order) => order >= 0)
    case 'at_most':
      return ordered(left, right, (order) => order <= 0)
    case 'contains':
      return contains(left, right)
    case 'not_contains':
      return !contains(left, right)
    case 'starts_with':
      return left !== null && asText(left).startsWith(asText(right))
    case 'ends_with':
      return left !== null && asText(left).endsWith(asText(right))
    case 'is_empty':
      return isEmpty(left)
    case 'is_not_empty':
      return !isEmpty(left)
    case 'is_true':
      return left === true || left === 'true'
    case 'is_false':
      return left === false || left === 'false'
    case 'exists':
      return left !== null
  }
  return op satisfies never
}

function same(left: Json, right: Json): boolean {
  if (left === null || right === null) return left === right
  if (typeof left === 'object' || typeof right === 'object') return canonical(left) === canonical(right)
  if (typeof left === typeof right) return left === right
  const [a, b] = [asNumber(left), asNumber(right)]
  return a !== null && b !== null ? a === b : String(left) === String(right)
}

function ordered(left: Json, right: Json, accept: (order: number) => boolean): boolean {
  const [a, b] = [asNumber(left), asNumber(right)]
  if (a !== null && b !== null) return accept(a - b)
  if (typeof left !== 'string' || typeof right !== 'string') return false
  return accept(left < right ? -1 : left > right ? 1 : 0)
}

function contains(left: Json, right: Json): boolean {
  if (Array.isArray(left)) return left.some((element) => same(element, right))
  if (isJsonObject(left)) return typeof right === 'string' && Object.hasOwn(left, right)
  return left !== null && asText(left).includes(asText(right))
}

const isEmpty = (value: Json): boolean => {
  if (value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** A number, or text that is one and nothing else; null otherwise. */
function asNumber(value: Json): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

const asText = (value: Json): string =>
  value === null ? '' : typeof value === 'object' ? canonical(value) : String(value)

/** JSON with the keys in order, so that objects with the same fields are the same. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_key, inner: Json) =>
    isJsonObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  )
}
