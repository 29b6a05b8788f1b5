import type { Json } from '../../kit/json.ts'
import type { Expression } from './ast.ts'
import { Trouble } from './errors.ts'
import { stepOf } from './references.ts'

/** Finds the element of a step's list that led to the step that asks. Throws a `Trouble` where none is known. */
type FindElement = (step: string) => Json

const finders = new WeakMap<object, FindElement>()

/** Lets `steps.<key>.item` be read of these steps. Kept beside the values: it is nothing that an expression could list. */
export function lendElements(steps: object, find: FindElement): void {
  finders.set(steps, find)
}

/** `steps.orders.item`: the element of what a step gave that led here; undefined for anything that is no step. */
export function findElement(steps: Json | undefined, object: Expression, mayLack: boolean): Json | undefined {
  const step = stepOf(object)
  const find = typeof steps === 'object' && steps !== null ? finders.get(steps) : undefined
  if (!step || !find) return undefined
  try {
    return find(step.key)
  } catch (error) {
    if (mayLack && error instanceof Trouble) return undefined
    throw error
  }
}
