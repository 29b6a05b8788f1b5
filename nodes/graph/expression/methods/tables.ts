import type { ValueKind } from '../value.ts'
import { convertingMethods } from './converting.ts'
import { dateMethods, maybeDateMethods } from './dates.ts'
import { listMethods } from './lists.ts'
import type { Method } from './method.ts'
import { numberMethods } from './numbers.ts'
import { anyMethods, booleanMethods, objectMethods } from './objects.ts'
import { functions } from './statics.ts'
import { stringMethods } from './strings.ts'

function table(...parts: (readonly Method[])[]): ReadonlyMap<string, Method> {
  return new Map([anyMethods, ...parts].flat().map((method) => [method.name, method]))
}

/** Every method there is, by what it is called on. */
export const methods: Record<Exclude<ValueKind, 'null'>, ReadonlyMap<string, Method>> = {
  string: table(dateMethods, maybeDateMethods, stringMethods, convertingMethods),
  number: table(numberMethods),
  boolean: table(booleanMethods),
  list: table(listMethods),
  object: table(objectMethods),
}

/** Names of the methods that only make sense on a date, for autocomplete. */
export const dateMethodNames: ReadonlySet<string> = new Set(dateMethods.map(({ name }) => name))

const every: readonly Method[] = [
  ...Object.values(methods).flatMap((table) => [...table.values()]),
  ...functions.values(),
]
const names = new Set([...Object.values(methods).flatMap((table) => [...table.keys()]), 'test'])
const withFunction = new Set(
  every
    .filter(({ signature }) => signature.params.some(({ type }) => type.includes('=>')))
    .map(({ name }) => name),
)

/** Whether any kind of value has this method; `test` is a pattern's own. */
export function isMethod(name: string): boolean {
  return names.has(name)
}

/** Whether a method or function of this name is ever given a function. */
export function takesFunction(name: string): boolean {
  return withFunction.has(name)
}
