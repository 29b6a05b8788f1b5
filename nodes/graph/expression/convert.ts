import type * as acorn from 'acorn'
import type { Argument, Arrow, Expression, Field, FunctionName, Regex, Span, Spread } from './ast.ts'
import { isRoot, roots } from './ast.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import { binaryOperators, isPlainName, logicalOperators, reasonAgainst, unaryOperators } from './grammar.ts'
import { constants, functions, isNamespace } from './methods/statics.ts'
import { isMethod, takesFunction } from './methods/tables.ts'
import { similarName } from './similar.ts'

const MAX_DEPTH = 200

interface Scope {
  source: string
  /** Arrow parameters that can be seen from here. */
  names: readonly string[]
  depth: number
  /** A name that is let through wherever it stands: where the editor's cursor is. */
  marker?: string
}

type Syntax = acorn.Expression | acorn.SpreadElement | acorn.Super | acorn.PrivateIdentifier

/** Turns acorn's tree into ours. Every kind of syntax that is allowed is named here; all else is refused. */
export function convert(node: acorn.Expression, about: { source: string; marker?: string }): Expression {
  return expression(node, { ...about, names: [], depth: 0 })
}

function refuse(node: Span, code: ExpressionErrorCode, message: string): never {
  throw new ExpressionError({ code, message, start: node.start, end: node.end })
}

function span(node: Span): Span {
  return { start: node.start, end: node.end }
}

function expression(node: Syntax, above: Scope): Expression {
  const scope = { ...above, depth: above.depth + 1 }
  if (scope.depth > MAX_DEPTH) refuse(node, 'budget', 'The expression is nested too deeply')
  const at = span(node)
  switch (node.type) {
    case 'Literal':
      return { kind: 'literal', value: literalValue(node), ...at }
    case 'Identifier':
      return name(node, scope)
    case 'TemplateLiteral':
      return {
        kind: 'template',
        texts: node.quasis.map((part) => part.value.cooked ?? ''),
        parts: node.expressions.map((part) => expression(part, scope)),
        ...at,
      }
    case 'MemberExpression':
      return member(node, scope)
    case 'ChainExpression':
      return { kind: 'chain', of: expression(node.expression, scope), ...at }
    case 'CallExpression':
      return call(node, scope)
    case 'UnaryExpression': {
      const operator = unaryOperators.find((known) => known === node.operator)
      if (!operator) refuse(node, 'forbidden', `The operator “${node.operator}” cannot be used`)
      return { kind: 'unary', operator, of: expression(node.argument, scope), ...at }
    }
    case 'BinaryExpression': {
      const operator = binaryOperators.find((known) => known === node.operator)
      if (!operator) refuse(node, 'forbidden', `The operator “${node.operator}” cannot be used`)
      const left = expression(node.left, scope)
      return { kind: 'binary', operator, left, right: expression(node.right, scope), ...at }
    }
    case 'LogicalExpression': {
      const operator = logicalOperators.find((known) => known === node.operator)
      if (!operator) refuse(node, 'forbidden', `The operator “${node.operator}” cannot be used`)
      const left = expression(node.left, scope)
      return { kind: 'logical', operator, left, right: expression(node.right, scope), ...at }
    }
    case 'ConditionalExpression': {
      const test = expression(node.test, scope)
      const yes = expression(node.consequent, scope)
      return { kind: 'conditional', test, yes, no: expression(node.alternate, scope), ...at }
    }
    case 'ArrayExpression':
      return {
        kind: 'list',
        elements: node.elements.map((element) => listElement(element, node, scope)),
        ...at,
      }
    case 'ObjectExpression':
      return { kind: 'object', fields: node.properties.map((property) => field(property, scope)), ...at }
    case 'ArrowFunctionExpression':
      return refuse(
        node,
        'forbidden',
        'A function can only be given to a method, like list.map((x) => x.name)',
      )
    default:
      return refuse(node, 'forbidden', reasonAgainst(node.type))
  }
}

function literalValue(node: acorn.Literal): null | boolean | number | string {
  const { value } = node
  if (node.regex)
    refuse(node, 'forbidden', 'A pattern can only be given to a text method, like text.match(/a+/)')
  if (typeof node.bigint === 'string' || typeof value === 'bigint')
    refuse(node, 'forbidden', 'Whole numbers with “n” cannot be used')
  if (typeof value === 'number' && !Number.isFinite(value))
    refuse(node, 'forbidden', 'This number is too large')
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  return refuse(node, 'forbidden', 'This value cannot be used')
}

function plainName(node: acorn.Identifier, { source }: Scope): string {
  if (!isPlainName(source.slice(node.start, node.end), node.name))
    refuse(node, 'forbidden', 'A name has only the letters a to z, digits, _ and $. Other fields: value["…"]')
  return node.name
}

function name(node: acorn.Identifier, scope: Scope): Expression {
  const written = plainName(node, scope)
  const at = span(node)
  if (scope.names.includes(written)) return { kind: 'name', name: written, ...at }
  if (written === 'undefined') return { kind: 'literal', value: null, ...at }
  if (written === scope.marker || isRoot(written)) return { kind: 'name', name: written, ...at }
  if (functions.has(written) || isNamespace(written))
    refuse(node, 'forbidden', `“${written}” is a function, not a value: call it`)
  const similar = similarName(written, [...scope.names, ...roots])
  return refuse(
    node,
    'unknown_name',
    `There is no “${written}” here${similar ? `. Did you mean “${similar}”?` : ''}`,
  )
}

/** `Math.PI`, or null when the node is not a name of a static table. */
function staticName(node: acorn.Expression | acorn.Super, scope: Scope): string | null {
  if (node.type === 'Identifier') {
    const written = plainName(node, scope)
    return scope.names.includes(written) || !functions.has(written) ? null : written
  }
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') return null
  if (node.property.type !== 'Identifier') return null
  const space = plainName(node.object, scope)
  if (scope.names.includes(space) || !isNamespace(space)) return null
  const full = `${space}.${plainName(node.property, scope)}`
  if (node.property.name === scope.marker || functions.has(full) || constants.has(full)) return full
  return refuse(node.property, 'method', `There is no ${full}`)
}

function member(node: acorn.MemberExpression, scope: Scope): Expression {
  const at = span(node)
  const known = staticName(node, scope)
  if (known !== null) {
    const value = constants.get(known)
    if (value !== undefined) return { kind: 'literal', value, ...at }
    if (functions.has(known)) refuse(node, 'forbidden', `“${known}” is a function, not a value: call it`)
    return { kind: 'static', name: known, args: [], ...at }
  }
  const object = expression(node.object, scope)
  if (node.computed) {
    return { kind: 'index', object, index: expression(node.property, scope), optional: node.optional, ...at }
  }
  if (node.property.type !== 'Identifier')
    return refuse(node.property, 'forbidden', 'Private names do not exist')
  const key = plainName(node.property, scope)
  return { kind: 'member', object, key, keySpan: span(node.property), optional: node.optional, ...at }
}

function call(node: acorn.CallExpression, scope: Scope): Expression {
  const at = span(node)
  if (node.optional) refuse(node, 'forbidden', 'Write ?. before the method: value?.trim()')
  const { callee } = node
  const known = staticName(callee, scope)
  if (known !== null) {
    if (!functions.has(known)) refuse(callee, 'method', `“${known}” is not a function`)
    return { kind: 'static', name: known, args: callArguments(node, { method: known, scope }), ...at }
  }
  if (callee.type === 'Identifier') {
    const written = plainName(callee, scope)
    if (scope.names.includes(written) || isRoot(written))
      refuse(callee, 'forbidden', `“${written}” is a value: it cannot be called`)
    const similar = similarName(written, functions.keys())
    refuse(
      callee,
      'unknown_name',
      `There is no function “${written}”${similar ? `. Did you mean “${similar}”?` : ''}`,
    )
  }
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return refuse(callee, 'forbidden', 'Only a method can be called, by its name: value.trim()')
  const method = plainName(callee.property, scope)
  if (!isMethod(method)) refuse(callee.property, 'method', `There is no method “${method}”`)
  const regex = callee.object.type === 'Literal' ? asRegex(callee.object) : null
  if (regex && method !== 'test')
    refuse(callee.property, 'method', 'A pattern has one method, test(text); or use text.match(/…/)')
  return {
    kind: 'call',
    object: regex ?? expression(callee.object, scope),
    method,
    methodSpan: span(callee.property),
    args: callArguments(node, { method, scope }),
    optional: callee.optional,
    ...at,
  }
}

function callArguments(node: acorn.CallExpression, about: { method: string; scope: Scope }): Argument[] {
  return node.arguments.map((argument) => callArgument(argument, about))
}

function callArgument(
  node: acorn.Expression | acorn.SpreadElement,
  { method, scope }: { method: string; scope: Scope },
): Argument {
  if (node.type === 'SpreadElement') return spread(node, scope)
  if (node.type === 'Literal') {
    const regex = asRegex(node)
    if (regex) return regex
  }
  if (node.type === 'ArrowFunctionExpression') {
    if (!takesFunction(method)) refuse(node, 'forbidden', `${method}() does not take a function`)
    return arrow(node, scope)
  }
  if (takesFunction(method)) {
    const known = functionName(node, scope)
    if (known) return known
  }
  return expression(node, scope)
}

/** `Boolean` in `list.filter(Boolean)`. */
function functionName(node: acorn.Expression, scope: Scope): FunctionName | null {
  const known = staticName(node, scope)
  return known !== null && functions.has(known) ? { kind: 'function', name: known, ...span(node) } : null
}

function asRegex(node: acorn.Literal): Regex | null {
  if (!node.regex) return null
  return { kind: 'regex', pattern: node.regex.pattern, flags: node.regex.flags, ...span(node) }
}

function arrow(node: acorn.ArrowFunctionExpression, scope: Scope): Arrow {
  if (node.async || node.generator) refuse(node, 'forbidden', reasonAgainst('AwaitExpression'))
  const params = node.params.map((param) => {
    if (param.type !== 'Identifier') return refuse(param, 'forbidden', reasonAgainst(param.type))
    return plainName(param, scope)
  })
  if (node.body.type === 'BlockStatement')
    return refuse(node.body, 'forbidden', 'Write a value after =>, without { }: (item) => item.name')
  const names = [...params, ...scope.names]
  return { kind: 'arrow', params, body: expression(node.body, { ...scope, names }), ...span(node) }
}

function listElement(
  node: acorn.Expression | acorn.SpreadElement | null,
  list: Span,
  scope: Scope,
): Expression | Spread {
  if (!node) return refuse(list, 'forbidden', 'A list cannot have a hole in it')
  return node.type === 'SpreadElement' ? spread(node, scope) : expression(node, scope)
}

function spread(node: acorn.SpreadElement, scope: Scope): Spread {
  return { kind: 'spread', of: expression(node.argument, scope), ...span(node) }
}

function field(node: acorn.Property | acorn.SpreadElement, scope: Scope): Field | Spread {
  if (node.type === 'SpreadElement') return spread(node, scope)
  if (node.kind !== 'init' || node.method)
    refuse(node, 'forbidden', 'A field of an object holds a value, not a function')
  return { kind: 'field', key: fieldKey(node, scope), value: expression(node.value, scope), ...span(node) }
}

function fieldKey(node: acorn.Property, scope: Scope): Expression {
  if (node.computed) return expression(node.key, scope)
  if (node.key.type === 'Identifier')
    return { kind: 'literal', value: plainName(node.key, scope), ...span(node.key) }
  const key = expression(node.key, scope)
  if (key.kind !== 'literal' || (typeof key.value !== 'string' && typeof key.value !== 'number'))
    return refuse(node.key, 'forbidden', 'The name of a field is text')
  return { ...key, value: String(key.value) }
}
