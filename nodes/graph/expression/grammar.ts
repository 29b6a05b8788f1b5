import type { BinaryOperator, LogicalOperator, UnaryOperator } from './ast.ts'

/** Operators by their sign; a sign that is not here cannot be written. */
export const unaryOperators: readonly UnaryOperator[] = ['!', '-', '+', 'typeof']
export const binaryOperators: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '/', '%', '**', '==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in'] as const),
]
export const logicalOperators: readonly LogicalOperator[] = ['&&', '||', '??']

const plainName = /^[A-Za-z_$][A-Za-z0-9_$]*$/

/**
 * ASCII only, and written as itself: look-alikes and `\u0063` escapes would make two names look like one
 * (security EX-23). Fields with other names are read as `["…"]`.
 */
export function isPlainName(written: string, name: string): boolean {
  return written === name && plainName.test(name)
}

/** What a person sees who writes syntax that expressions do not have. */
const reasons: Record<string, string> = {
  AssignmentExpression: 'Nothing can be assigned in an expression. To compare, use ===',
  UpdateExpression: 'Nothing can be changed in an expression',
  NewExpression:
    '“new” cannot be used. Dates are text: write now, or "2026-01-31".plus(1, "day"), or date(value)',
  FunctionExpression: 'Write an arrow instead of “function”: (item) => item.name',
  ThisExpression: '“this” has no meaning in an expression',
  SequenceExpression: 'An expression gives one value; a comma cannot join two',
  TaggedTemplateExpression: 'A template cannot have a tag',
  AwaitExpression: 'Nothing in an expression has to be awaited',
  YieldExpression: '“yield” cannot be used',
  ImportExpression: 'Nothing can be imported',
  ClassExpression: 'A class cannot be written here',
  ObjectPattern: 'Take one name, and then its fields: (item) => item.name',
  ArrayPattern: 'Take one name, and then its elements: (pair) => pair[0]',
  AssignmentPattern: 'A default value cannot be given here',
  RestElement: '“...” cannot be used here',
}

export function reasonAgainst(nodeType: string): string {
  return reasons[nodeType] ?? `This cannot be used in an expression (${nodeType})`
}
