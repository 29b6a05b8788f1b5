import type { Json } from '../../kit/json.ts'
import type { BinaryOperator } from './ast.ts'
import type { Budget } from './budget.ts'
import { readIso } from './dates/moment.ts'
import { Trouble } from './errors.ts'
import { numberFrom } from './methods/converting.ts'
import { describeKind, equal, isObject, kindOf, textOf } from './value.ts'

interface Pair {
  left: Json
  right: Json
  budget: Budget
}

export function applyBinary(operator: BinaryOperator, pair: Pair): Json {
  const { left, right, budget } = pair
  switch (operator) {
    case '+':
      return plus(pair)
    case '-':
      return arithmetic(pair, operator, (a, b) => a - b)
    case '*':
      return arithmetic(pair, operator, (a, b) => a * b)
    case '/':
      return arithmetic(pair, operator, (a, b) => a / b)
    case '%':
      return arithmetic(pair, operator, (a, b) => a % b)
    case '**':
      return arithmetic(pair, operator, (a, b) => a ** b)
    case '===':
      return equal(left, right, budget)
    case '!==':
      return !equal(left, right, budget)
    case '==':
      return looselyEqual(pair)
    case '!=':
      return !looselyEqual(pair)
    case '<':
      return order(pair, operator) < 0
    case '<=':
      return order(pair, operator) <= 0
    case '>':
      return order(pair, operator) > 0
    case '>=':
      return order(pair, operator) >= 0
    case 'in':
      return isIn(pair)
    default:
      return operator satisfies never
  }
}

function plus(pair: Pair): Json {
  const { left, right, budget } = pair
  if (typeof left !== 'string' && typeof right !== 'string') return arithmetic(pair, '+', (a, b) => a + b)
  const [a, b] = [textOf(left, budget), textOf(right, budget)]
  budget.text(a.length + b.length)
  return a + b
}

function arithmetic(pair: Pair, sign: string, apply: (a: number, b: number) => number): number {
  const result = apply(operand(pair.left, sign), operand(pair.right, sign))
  if (Number.isFinite(result)) return result
  throw new Trouble(
    'type',
    sign === '/' || sign === '%' ? 'Nothing can be divided by 0' : 'The result is too large',
  )
}

export function operand(value: Json, sign: string): number {
  const number = value === null ? null : numberFrom(value)
  if (number !== null) return number
  const hint =
    typeof value === 'string' && readIso(value) ? '. For dates use .diff(), .plus() and .minus()' : ''
  throw new Trouble('type', `“${sign}” needs numbers, but got ${describeKind(value)}${hint}`)
}

/** As JavaScript's ==, between a number and the text of one. */
function looselyEqual({ left, right, budget }: Pair): boolean {
  if (equal(left, right, budget)) return true
  if (left === null || right === null || typeof left === typeof right) return false
  if (typeof left === 'object' || typeof right === 'object') return false
  const [a, b] = [numberFrom(left), numberFrom(right)]
  return a !== null && a === b
}

function order(pair: Pair, sign: string): number {
  const { left, right, budget } = pair
  if (typeof left === 'string' && typeof right === 'string') {
    budget.text(Math.min(left.length, right.length))
    // Two moments written on different clocks compare by when they are.
    const [a, b] = [withTime(left), withTime(right)]
    if (a !== null && b !== null) return a - b
    return left < right ? -1 : left > right ? 1 : 0
  }
  return operand(left, sign) - operand(right, sign)
}

function withTime(text: string): number | null {
  return text.length >= 16 && text.length <= 40 && (text[10] === 'T' || text[10] === ' ')
    ? (readIso(text)?.ms ?? null)
    : null
}

function isIn({ left, right }: Pair): boolean {
  if (typeof left !== 'string') throw new Trouble('type', '“in” looks for the name of a field')
  if (isObject(right)) return Object.hasOwn(right, left)
  throw new Trouble(
    'type',
    `“in” looks in an object, but got ${kindOf(right)}. For lists: list.includes(value)`,
  )
}
