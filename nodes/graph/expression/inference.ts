import type { JsonSchema } from '../../kit/define-node.ts'
import type { Argument, Expression, Field, Span, Spread } from './ast.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { Method } from './methods/method.ts'
import { functions } from './methods/statics.ts'
import { methods } from './methods/tables.ts'
import { pathOf } from './path.ts'
import { stepOf } from './references.ts'
import { fromSignature } from './returns.ts'
import {
  boolean,
  elementOf,
  fieldOf,
  fieldsOf,
  isDate,
  isUnknown,
  kindsOf,
  listOf,
  nothing,
  number,
  schemaText,
  text,
  union,
  unknown,
  withoutNull,
} from './schema.ts'
import { similarName } from './similar.ts'
import { type JsonObject, setOwn, type ValueKind } from './value.ts'

/** Types of arrow parameters, innermost first. */
export interface TypedNames {
  readonly name: string
  readonly schema: JsonSchema
  readonly above: TypedNames | null
}

interface Problem extends Span {
  code: ExpressionErrorCode
  message: string
}

/** Walks an expression over schemas in place of values. */
export class Inference {
  readonly problems: Problem[] = []
  private readonly scope: Readonly<Record<string, JsonSchema>>
  /** Told the type of each object that is read from, and the arrow parameters there: for autocomplete. */
  private readonly seen?: (
    node: Expression,
    about: { object: JsonSchema | null; names: TypedNames | null },
  ) => void

  constructor(scope: Readonly<Record<string, JsonSchema>>, seen?: Inference['seen']) {
    this.scope = scope
    this.seen = seen
  }

  of(node: Expression, names: TypedNames | null): JsonSchema {
    switch (node.kind) {
      case 'literal':
        return literal(node.value)
      case 'name':
        this.seen?.(node, { object: null, names })
        return this.name(node.name, names)
      case 'template':
        for (const part of node.parts) this.of(part, names)
        return text
      case 'member':
        return this.member(node, names)
      case 'index':
        return this.index(node, names)
      case 'chain':
        return union(this.of(node.of, names), nothing)
      case 'call':
        return this.call(node, names)
      case 'static':
        return this.static(node, names)
      case 'unary':
        this.of(node.of, names)
        return node.operator === '!' ? boolean : node.operator === 'typeof' ? text : number
      case 'binary':
        return this.binary(node, names)
      case 'logical': {
        const left = this.of(node.left, names)
        const right = this.of(node.right, names)
        return union(node.operator === '&&' ? left : withoutNull(left), right)
      }
      case 'conditional':
        this.of(node.test, names)
        return union(this.of(node.yes, names), this.of(node.no, names))
      case 'list':
        return this.list(node.elements, names)
      case 'object':
        return this.object(node.fields, names)
      default:
        return node satisfies never
    }
  }

  private problem(span: Span, code: ExpressionErrorCode, message: string): void {
    this.problems.push({ code, message, start: span.start, end: span.end })
  }

  private name(name: string, names: TypedNames | null): JsonSchema {
    for (let at = names; at; at = at.above) if (at.name === name) return at.schema
    return Object.hasOwn(this.scope, name) ? (this.scope[name] ?? unknown) : unknown
  }

  private member(node: Expression & { kind: 'member' }, names: TypedNames | null): JsonSchema {
    const object = this.of(node.object, names)
    this.seen?.(node, { object, names })
    // The element of a step's list that led here, where it is known.
    if (node.key === 'item' && stepOf(node.object) && kindsOf(object)?.has('list')) return elementOf(object)
    return this.field(object, node.key, { node, span: node.keySpan, path: pathOf(node) })
  }

  private index(node: Expression & { kind: 'index' }, names: TypedNames | null): JsonSchema {
    const object = this.of(node.object, names)
    const key = this.of(node.index, names)
    const kinds = kindsOf(object)
    if (node.index.kind === 'literal' && typeof node.index.value === 'string')
      return this.field(object, node.index.value, { node, span: node.index, path: pathOf(node) })
    const keyKinds = kindsOf(key)
    if (keyKinds && !keyKinds.has('string') && !keyKinds.has('number'))
      this.problem(
        node.index,
        'type',
        `A field is named by text or a whole number, not by ${schemaText(key)}`,
      )
    if (!kinds) return unknown
    const results: JsonSchema[] = []
    if (kinds.has('list')) results.push(elementOf(object))
    if (kinds.has('string')) results.push(text)
    if (kinds.has('object')) results.push(unknown)
    return results.length > 0 ? union(...results) : unknown
  }

  private field(
    object: JsonSchema,
    key: string,
    { node, span, path }: { node: Expression & { optional: boolean }; span: Span; path: string },
  ): JsonSchema {
    const kinds = kindsOf(object)
    if (!kinds) return fieldOf(object, key) ?? unknown
    if (key === 'length' && (kinds.has('string') || kinds.has('list'))) return number
    const found = kinds.has('object') ? fieldOf(object, key) : null
    if (found) return found
    if (node.optional && kinds.has('null')) return nothing
    const similar = similarName(key, fieldsOf(object).keys())
    const why = kinds.has('object') ? '' : `: this is ${schemaText(object)}`
    this.problem(span, 'missing', `${path} does not exist${similar ? `. Did you mean “${similar}”?` : why}`)
    return unknown
  }

  private call(node: Expression & { kind: 'call' }, names: TypedNames | null): JsonSchema {
    if (node.object.kind === 'regex') {
      for (const arg of node.args) this.argument(arg, names)
      return boolean
    }
    const self = withoutNull(this.of(node.object, names))
    const kinds = kindsOf(self)
    const found = methodsNamed(node.method, kinds)
    if (found.length === 0) {
      const known = [...(kinds ?? [])].flatMap((kind) => (kind === 'null' ? [] : [...methods[kind].keys()]))
      const similar = similarName(node.method, known)
      const hint = similar ? `. Did you mean .${similar}()?` : ''
      this.problem(
        node.methodSpan,
        'method',
        `.${node.method}() does not exist on ${schemaText(self)}${hint}`,
      )
    }
    const results = found.map((method) => this.result(method, { self, args: node.args, names }))
    if (found.length === 0) for (const arg of node.args) this.argument(arg, names)
    return results.length > 0 ? union(...results) : unknown
  }

  private static(node: Expression & { kind: 'static' }, names: TypedNames | null): JsonSchema {
    const method = functions.get(node.name)
    return method ? this.result(method, { self: unknown, args: node.args, names }) : unknown
  }

  private result(
    method: Method,
    { self, args, names }: { self: JsonSchema; args: Argument[]; names: TypedNames | null },
  ): JsonSchema {
    const element = elementOf(self)
    // Values first: what a function is called with may depend on them (`reduce` with a start value).
    const values = args.map((arg) => (arg.kind === 'arrow' ? unknown : this.argument(arg, names)))
    const start = method.name === 'reduce' && values[1] ? values[1] : element
    let given: JsonSchema | null = null
    args.forEach((arg, at) => {
      if (arg.kind === 'function') given = returnsOf(functions.get(arg.name))
      if (arg.kind !== 'arrow') return
      const takes = method.signature.params[at]?.takes ?? []
      let inner = names
      arg.params.forEach((name, index) => {
        const schema = fromSignature(takes[index] ?? 'any', { element, result: start })
        inner = { name, schema, above: inner }
      })
      given = this.of(arg.body, inner)
    })
    return fromSignature(method.signature.returns, {
      element,
      result: given ?? start,
      flatten: method.name === 'flatMap',
    })
  }

  private argument(arg: Argument, names: TypedNames | null): JsonSchema {
    if (arg.kind === 'spread') return this.of(arg.of, names)
    if (arg.kind === 'regex' || arg.kind === 'function') return unknown
    if (arg.kind !== 'arrow') return this.of(arg, names)
    const inner = arg.params.reduce<TypedNames | null>(
      (above, name) => ({ name, schema: unknown, above }),
      names,
    )
    return this.of(arg.body, inner)
  }

  private binary(node: Expression & { kind: 'binary' }, names: TypedNames | null): JsonSchema {
    const left = this.of(node.left, names)
    const right = this.of(node.right, names)
    switch (node.operator) {
      case '+':
        return this.plus(node, left, right)
      case '-':
      case '*':
      case '/':
      case '%':
      case '**':
        this.needNumber(node.left, left, node.operator)
        this.needNumber(node.right, right, node.operator)
        return number
      default:
        return boolean
    }
  }

  private plus(node: Expression & { kind: 'binary' }, left: JsonSchema, right: JsonSchema): JsonSchema {
    const kinds = [kindsOf(left), kindsOf(right)]
    if (kinds.some((some) => some?.size === 1 && some.has('string'))) return text
    if (kinds.some((some) => !some || some.has('string'))) return union(text, number)
    this.needNumber(node.left, left, '+')
    this.needNumber(node.right, right, '+')
    return number
  }

  private needNumber(node: Span, schema: JsonSchema, sign: string): void {
    const kinds = kindsOf(schema)
    const possible: ValueKind[] = ['number', 'boolean', 'string']
    if (!kinds || (possible.some((kind) => kinds.has(kind)) && !isDate(schema))) return
    const hint = isDate(schema) ? '. For dates use .diff(), .plus() and .minus()' : ''
    this.problem(node, 'type', `“${sign}” needs numbers, but this is ${schemaText(schema)}${hint}`)
  }

  private list(elements: (Expression | Spread)[], names: TypedNames | null): JsonSchema {
    if (elements.length === 0) return { type: 'array' }
    const types = elements.map((element) =>
      element.kind === 'spread' ? elementOf(this.of(element.of, names)) : this.of(element, names),
    )
    return listOf(union(...types))
  }

  private object(fields: (Field | Spread)[], names: TypedNames | null): JsonSchema {
    const properties: JsonObject = {}
    let open = false
    for (const field of fields) {
      if (field.kind === 'spread') {
        const from = this.of(field.of, names)
        for (const [name, schema] of fieldsOf(from)) setOwn(properties, name, schema)
        open ||= isUnknown(from) || !isClosed(from)
        continue
      }
      const value = this.of(field.value, names)
      if (field.key.kind === 'literal') setOwn(properties, String(field.key.value), value)
      else {
        this.of(field.key, names)
        open = true
      }
    }
    return { type: 'object', properties, ...(open ? {} : { additionalProperties: false }) }
  }
}

function isClosed(schema: JsonSchema): boolean {
  return fieldOf(schema, ' no such field ') === null
}

function literal(value: null | boolean | number | string): JsonSchema {
  if (value === null) return nothing
  if (typeof value === 'string') return text
  return typeof value === 'number' ? number : boolean
}

function methodsNamed(name: string, kinds: Set<ValueKind> | null): Method[] {
  const all: ValueKind[] = ['string', 'number', 'boolean', 'list', 'object']
  return (kinds ? [...kinds] : all).flatMap((kind) => {
    const method = kind === 'null' ? undefined : methods[kind].get(name)
    return method ? [method] : []
  })
}

function returnsOf(method: Method | undefined): JsonSchema {
  return method ? fromSignature(method.signature.returns, { element: unknown, result: unknown }) : unknown
}
