import type { Json } from '../../../kit/json.ts'
import type { Budget } from '../budget.ts'
import { Trouble } from '../errors.ts'
import { Pattern } from '../pattern.ts'
import { describeKind, isObject, type JsonObject, kindOf } from '../value.ts'
import { parseSignature, type Signature } from './signature.ts'

/** A function given to a method. Never a value: it cannot be stored or returned. */
export class Callback {
  readonly call: (...args: Json[]) => Json
  constructor(call: (...args: Json[]) => Json) {
    this.call = call
  }
}

export type Given = Json | Callback | Pattern

/** The arguments of one call, read by kind. */
export class Args {
  readonly budget: Budget
  private readonly given: readonly Given[]
  private readonly name: string
  private readonly clock: () => number

  constructor(about: { given: readonly Given[]; name: string; budget: Budget; clock: () => number }) {
    this.given = about.given
    this.name = about.name
    this.budget = about.budget
    this.clock = about.clock
  }

  /** Read when it is asked for: few methods need it. */
  get nowMs(): number {
    return this.clock()
  }

  get count(): number {
    return this.given.length
  }

  has(at: number): boolean {
    const given = this.given[at]
    return given !== undefined && given !== null
  }

  isCallback(at: number): boolean {
    return this.given[at] instanceof Callback
  }

  any(at: number): Json {
    const given = this.given[at] ?? null
    if (given instanceof Callback || given instanceof Pattern) throw this.wrong(at, 'a value')
    return given
  }

  text(at: number, fallback?: string): string {
    const value = this.any(at)
    if (typeof value === 'string') return value
    if (typeof value === 'number') return String(value)
    if (value === null && fallback !== undefined) return fallback
    throw this.wrong(at, 'text')
  }

  number(at: number, fallback?: number): number {
    const value = this.any(at)
    if (typeof value === 'number') return value
    if (value === null && fallback !== undefined) return fallback
    throw this.wrong(at, 'a number')
  }

  list(at: number): Json[] {
    const value = this.any(at)
    if (Array.isArray(value)) return value
    throw this.wrong(at, 'a list')
  }

  object(at: number): JsonObject {
    const value = this.any(at)
    if (isObject(value)) return value
    throw this.wrong(at, 'an object')
  }

  callback(at: number): Callback {
    const given = this.given[at]
    if (given instanceof Callback) return given
    throw this.wrong(at, 'a function like (x) => x.name')
  }

  /** A pattern, or the text to look for as it is. */
  pattern(at: number): Pattern | string {
    const given = this.given[at]
    return given instanceof Pattern ? given : this.text(at)
  }

  rest(from: number): Json[] {
    return this.given.slice(from).map((_, index) => this.any(from + index))
  }

  private wrong(at: number, expected: string): Trouble {
    const given = this.given[at] ?? null
    const got =
      given instanceof Callback ? 'a function' : given instanceof Pattern ? 'a pattern' : describeKind(given)
    const which = ['first', 'second', 'third', 'fourth'][at] ?? `${at + 1}th`
    return new Trouble('type', `${this.name}() needs ${expected} as its ${which} argument, but got ${got}`)
  }
}

/** A row of a table: what the interpreter runs, the types know and autocomplete shows. */
export interface Method {
  name: string
  signature: Signature
  /** What is shown: `slice(start?: number, end?: number): string`. */
  label: string
  doc: string
  /** A source and what it gives; each is a test. */
  example: { source: string; gives: string }
  run(self: Json, args: Args): Json
}

interface Row<Self> {
  signature: string
  doc: string
  example: string
  run: (self: Self, args: Args) => Json
}

/** Reads one row: the example is written `source → JSON`. */
export function row<Self>(
  narrow: (value: Json) => Self,
  { signature, doc, example, run }: Row<Self>,
): Method {
  const parsed = parseSignature(signature)
  const [source = '', gives = ''] = example.split(' → ')
  return {
    name: parsed.name,
    signature: parsed,
    label: signature,
    doc,
    example: { source, gives },
    run: (self, args) => run(narrow(self), args),
  }
}

export function asText(value: Json): string {
  if (typeof value === 'string') return value
  throw unexpected(value)
}
export function asNumber(value: Json): number {
  if (typeof value === 'number') return value
  throw unexpected(value)
}
export function asList(value: Json): Json[] {
  if (Array.isArray(value)) return value
  throw unexpected(value)
}
export function asObject(value: Json): JsonObject {
  if (isObject(value)) return value
  throw unexpected(value)
}

function unexpected(value: Json): Trouble {
  return new Trouble('type', `This does not work on ${kindOf(value)}`)
}
