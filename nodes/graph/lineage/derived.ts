import type { Json } from '../../kit/json.ts'
import type { Expression } from '../expression/ast.ts'
import { truthy } from '../expression/value.ts'

type Call = Expression & { kind: 'call' }
/** Where `list` is given, it is what stands in place of the list that the method is called on. */
type Evaluate = (expression: Expression, list?: Json) => Json | undefined

/** For each element of what a method gives, the place of the element of its list it is or was made from; undefined when that cannot be known. */
export function placesBefore(
  call: Call,
  about: { before: readonly Json[]; after: readonly Json[]; evaluate: Evaluate },
): readonly number[] | undefined {
  const { before, after, evaluate } = about
  switch (call.method) {
    case 'map':
    case 'pluck':
      return before.map((_, index) => index)
    case 'filter': {
      const kept = evaluate({ ...call, method: 'map' })
      if (!Array.isArray(kept) || kept.length !== before.length) return undefined
      return kept.flatMap((one, index) => (truthy(one) ? [index] : []))
    }
    case 'slice':
    case 'reverse':
      return numbers(
        evaluate(
          call,
          before.map((_, index) => index),
        ),
      )
    case 'flat':
      return call.args.length === 0 ? spread(before) : undefined
    case 'flatMap': {
      const made = evaluate({ ...call, method: 'map' })
      return Array.isArray(made) && made.length === before.length ? spread(made) : undefined
    }
    // What is equal is treated alike and keeps its order.
    case 'sort':
    case 'sortBy':
    case 'unique':
    case 'compact':
      return sameInTurn(before, after)
    default:
      return undefined
  }
}

/** Equal elements, one after the other: the second “a” kept is the second “a” there was. */
export function sameInTurn(before: readonly Json[], after: readonly Json[]): readonly number[] | undefined {
  const found = new Map<string, number[]>()
  for (const [index, element] of before.entries()) {
    const text = JSON.stringify(element)
    const known = found.get(text)
    if (known) known.push(index)
    else found.set(text, [index])
  }
  const taken = new Map<string, number>()
  const result: number[] = []
  for (const element of after) {
    const text = JSON.stringify(element)
    const turn = taken.get(text) ?? 0
    const index = found.get(text)?.[turn]
    if (index === undefined) return undefined
    taken.set(text, turn + 1)
    result.push(index)
  }
  return result
}

const numbers = (value: Json | undefined): number[] | undefined =>
  Array.isArray(value) ? value.flatMap((one) => (typeof one === 'number' ? [one] : [])) : undefined

const spread = (lists: readonly Json[]): number[] =>
  lists.flatMap((one, index) => (Array.isArray(one) ? one.map(() => index) : [index]))
