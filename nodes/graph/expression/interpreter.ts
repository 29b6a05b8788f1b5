import type { Json } from '../../kit/json.ts'
import {
  type Argument,
  type Arrow,
  type Expression,
  type Field,
  isRoot,
  type Regex,
  type Root,
  type Span,
  type Spread,
} from './ast.ts'
import { Budget, type Limits } from './budget.ts'
import { readDate } from './dates/moment.ts'
import { findElement } from './elements.ts'
import { ExpressionError, Trouble } from './errors.ts'
import { lacking, methodHint } from './hints.ts'
import { readMember } from './member.ts'
import { Args, Callback, type Given, type Method } from './methods/method.ts'
import { functions } from './methods/statics.ts'
import { methods } from './methods/tables.ts'
import { applyBinary, operand } from './operators.ts'
import { pathOf } from './path.ts'
import { Pattern } from './pattern.ts'
import {
  checkSize,
  describeKind,
  isObject,
  type JsonObject,
  kindOf,
  setOwn,
  textOf,
  truthy,
} from './value.ts'

/** Arrow parameters, innermost first. */
interface Names {
  readonly name: string
  readonly value: Json
  readonly above: Names | null
}

/** Not there, where the expression says that this is fine (`?.`, `??`). Never leaves the interpreter. */
type Value = Json | undefined

/** What an expression can read, by root: `trigger`, `steps`, `input` …. */
export type Scope = Readonly<Partial<Record<Root, Json>>>

/** Walks one expression once. */
export class Interpreter {
  /** The part being worked on: where an error is shown. */
  at: Span | null = null
  private readonly scope: Scope
  private readonly budget: Budget
  private readonly size: number

  constructor(scope: Scope, limits: Limits) {
    this.scope = scope
    this.budget = new Budget(limits)
    this.size = limits.size
  }

  result(expression: Expression): Json {
    const value = this.value(expression, null)
    if (this.budget.made) checkSize(value, { size: this.size })
    return value
  }

  private value(node: Expression, names: Names | null): Json {
    return this.visit(node, names, false) ?? null
  }

  /** With `mayLack`, a path that leads nowhere is undefined and not an error. */
  private visit(node: Expression, names: Names | null, mayLack: boolean): Value {
    this.at = node
    this.budget.work(1)
    this.budget.enter()
    const value = this.step(node, names, mayLack)
    this.budget.leave()
    return value
  }

  private step(node: Expression, names: Names | null, mayLack: boolean): Value {
    switch (node.kind) {
      case 'literal':
        return node.value
      case 'name':
        return this.name(node, names, mayLack)
      case 'template':
        return this.template(node.texts, node.parts, names)
      case 'member':
      case 'index':
        return this.member(node, names, mayLack)
      case 'chain':
        return this.visit(node.of, names, mayLack)
      case 'call':
        return this.call(node, names, mayLack)
      case 'static':
        return this.run(functions.get(node.name), { self: null, node, names, args: node.args })
      case 'unary':
        return this.unary(node, names)
      case 'binary': {
        const left = this.value(node.left, names)
        const right = this.value(node.right, names)
        this.at = node
        return applyBinary(node.operator, { left, right, budget: this.budget })
      }
      case 'logical':
        return this.logical(node, names, mayLack)
      case 'conditional':
        return this.visit(truthy(this.value(node.test, names)) ? node.yes : node.no, names, mayLack)
      case 'list':
        return this.list(node.elements, names)
      case 'object':
        return this.object(node.fields, names)
      default:
        return node satisfies never
    }
  }

  private name(node: Span & { name: string }, names: Names | null, mayLack: boolean): Value {
    for (let at = names; at; at = at.above) if (at.name === node.name) return at.value
    const value = isRoot(node.name) ? this.scope[node.name] : undefined
    if (value !== undefined || mayLack) return value
    throw this.missing(node, node.name, `There is no “${node.name}” at this place of the workflow`)
  }

  private template(texts: string[], parts: Expression[], names: Names | null): string {
    const pieces = [texts[0] ?? '']
    parts.forEach((part, at) => {
      const text = textOf(this.value(part, names), this.budget)
      const after = texts[at + 1] ?? ''
      this.budget.text(text.length + after.length)
      pieces.push(text, after)
    })
    return pieces.join('')
  }

  private member(
    node: Expression & { kind: 'member' | 'index' },
    names: Names | null,
    mayLack: boolean,
  ): Value {
    const object = this.visit(node.object, names, mayLack || node.optional)
    if (object === undefined) return undefined
    if (object === null && (mayLack || node.optional)) return undefined
    const key = node.kind === 'member' ? node.key : this.value(node.index, names)
    this.at = node
    const value = object === null ? undefined : readMember(object, key)
    if (value !== undefined) return value
    const isLacking = mayLack || node.optional
    const element = key === 'item' ? findElement(this.scope.steps, node.object, isLacking) : undefined
    if (element !== undefined) return element
    if (isLacking) return undefined
    throw this.missing(node, pathOf(node), lacking(node, object, key))
  }

  private call(node: Expression & { kind: 'call' }, names: Names | null, mayLack: boolean): Value {
    if (node.object.kind === 'regex') return this.test(node.object, node, names)
    const self = this.visit(node.object, names, mayLack || node.optional)
    if (self === undefined) return undefined
    if (self === null) {
      if (mayLack || node.optional) return undefined
      const path = pathOf(node.object)
      throw this.missing(
        node,
        path,
        `${path} is null, so .${node.method}() cannot be called. Write ?.${node.method}()`,
      )
    }
    const kind = kindOf(self)
    const method = kind === 'null' ? undefined : methods[kind].get(node.method)
    if (!method) {
      const { start, end } = node.methodSpan
      throw new ExpressionError({
        code: 'method',
        message: `.${node.method}() does not exist on ${describeKind(self)}${methodHint(node.method, self)}`,
        start,
        end,
      })
    }
    return this.run(method, { self, node, names, args: node.args })
  }

  private run(
    method: Method | undefined,
    call: { self: Json; node: Span & { kind: string }; names: Names | null; args: Argument[] },
  ): Json {
    const { self, node, names } = call
    if (!method) throw new Trouble('method', 'There is no such function')
    const given = this.arguments(call.args, names)
    this.at = node
    // Callbacks move `at`; what the method itself finds wrong belongs to the call.
    const args = new Args({ given, name: method.name, budget: this.budget, clock: this.clock })
    this.budget.work(1 + (typeof self === 'string' ? Math.ceil(self.length / 64) : 0))
    const result = method.run(self, args)
    this.at = node
    return result
  }

  private arguments(args: Argument[], names: Names | null): Given[] {
    const given: Given[] = []
    for (const arg of args) {
      if (arg.kind === 'spread') {
        for (const element of this.spreadList(arg, names)) given.push(element)
      } else if (arg.kind === 'arrow') given.push(this.callback(arg, names))
      else if (arg.kind === 'regex') given.push(this.pattern(arg))
      else if (arg.kind === 'function') given.push(this.functionCallback(arg.name, arg))
      else given.push(this.value(arg, names))
    }
    return given
  }

  private callback(arrow: Arrow, names: Names | null): Callback {
    return new Callback((...values) => {
      const before = this.at
      let inner = names
      arrow.params.forEach((name, at) => {
        inner = { name, value: values[at] ?? null, above: inner }
      })
      const value = this.value(arrow.body, inner)
      this.at = before
      return value
    })
  }

  /** A function's name given as a function takes the first value only: `['1', '2'].map(Number)`. */
  private functionCallback(name: string, node: Span): Callback {
    return new Callback((value = null) => {
      this.budget.work(1)
      const args = new Args({ given: [value], name, budget: this.budget, clock: this.clock })
      this.at = node
      return functions.get(name)?.run(null, args) ?? null
    })
  }

  private pattern(node: Regex): Pattern {
    this.at = node
    return new Pattern(node.pattern, node.flags)
  }

  private test(regex: Regex, node: Expression & { kind: 'call' }, names: Names | null): boolean {
    const [arg] = node.args
    const text = !arg || arg.kind === 'spread' ? null : this.arguments([arg], names)[0]
    const pattern = this.pattern(regex)
    this.at = node
    if (typeof text !== 'string' && typeof text !== 'number') throw new Trouble('type', 'test() needs text')
    return pattern.first(String(text), this.budget) !== null
  }

  private unary(node: Expression & { kind: 'unary' }, names: Names | null): Json {
    if (node.operator === 'typeof') return typeName(this.visit(node.of, names, true))
    const value = this.value(node.of, names)
    this.at = node
    if (node.operator === '!') return !truthy(value)
    const number = operand(value, node.operator)
    return node.operator === '-' ? 0 - number : number
  }

  private logical(node: Expression & { kind: 'logical' }, names: Names | null, mayLack: boolean): Value {
    if (node.operator === '??') {
      return this.visit(node.left, names, true) ?? this.visit(node.right, names, mayLack)
    }
    const left = this.value(node.left, names)
    const decided = node.operator === '&&' ? !truthy(left) : truthy(left)
    return decided ? left : this.visit(node.right, names, mayLack)
  }

  private list(elements: (Expression | Spread)[], names: Names | null): Json[] {
    const result: Json[] = []
    for (const element of elements) {
      if (element.kind === 'spread') {
        for (const value of this.spreadList(element, names)) result.push(value)
      } else {
        this.budget.elements(1)
        result.push(this.value(element, names))
      }
    }
    return result
  }

  private spreadList(node: Spread, names: Names | null): Json[] {
    const value = this.value(node.of, names)
    this.at = node
    if (typeof value === 'string') {
      this.budget.elements(value.length)
      return [...value]
    }
    if (!Array.isArray(value))
      throw new Trouble('type', `“...” needs a list here, but got ${describeKind(value)}`)
    this.budget.elements(value.length)
    return value
  }

  private object(fields: (Field | Spread)[], names: Names | null): JsonObject {
    let result: JsonObject = {}
    for (const [at, field] of fields.entries()) {
      if (field.kind === 'spread') {
        const value = this.spreadObject(field, names)
        // Copies own keys as own keys, `__proto__` too, and at once where nothing is there yet.
        if (at === 0) result = { ...value }
        else for (const key of Object.keys(value)) setOwn(result, key, value[key] ?? null)
      } else {
        const key = this.value(field.key, names)
        this.at = field.key
        if (typeof key !== 'string' && typeof key !== 'number')
          throw new Trouble('type', `A field is named by text, not by ${describeKind(key)}`)
        this.budget.elements(1)
        setOwn(result, String(key), this.value(field.value, names))
      }
    }
    return result
  }

  private spreadObject(node: Spread, names: Names | null): JsonObject {
    const value = this.value(node.of, names)
    this.at = node
    if (value === null) return {}
    if (!isObject(value))
      throw new Trouble('type', `“...” needs an object here, but got ${describeKind(value)}`)
    this.budget.elements(Object.keys(value).length)
    return value
  }

  private readonly clock = (): number => {
    const { now } = this.scope
    return typeof now === 'string' ? readDate(now).ms : 0
  }

  private missing({ start, end }: Span, path: string, message: string): ExpressionError {
    return new ExpressionError({ code: 'missing', message, path, start, end })
  }
}

function typeName(value: Value): string {
  if (value === undefined) return 'undefined'
  return typeof value
}
