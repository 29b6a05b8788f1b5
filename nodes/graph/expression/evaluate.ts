import type { Json } from '../../kit/json.ts'
import type { Expression } from './ast.ts'
import { defaultLimits, type Limits } from './budget.ts'
import { ExpressionError, Trouble } from './errors.ts'
import { Interpreter, type Scope } from './interpreter.ts'
import { parse } from './parse.ts'

/**
 * The value of an expression. Pure: changes nothing in the scope, reads no clock but `now`, and gives the same
 * in browser and server. Throws an `ExpressionError`.
 */
export function evaluate(source: string, scope: Scope, limits: Partial<Limits> = {}): Json {
  return evaluateParsed(parse(source), scope, limits)
}

export function evaluateParsed(expression: Expression, scope: Scope, limits: Partial<Limits> = {}): Json {
  const interpreter = new Interpreter(scope, { ...defaultLimits, ...limits })
  try {
    return interpreter.result(expression)
  } catch (error) {
    if (!(error instanceof Trouble) && !(error instanceof RangeError)) throw error
    const { start, end } = interpreter.at ?? expression
    // A RangeError is the host's own limit of nesting or length, should ours ever be the wider one.
    const code = error instanceof Trouble ? error.code : 'budget'
    const message = error instanceof Trouble ? error.message : 'The expression takes too much'
    throw new ExpressionError({ code, message, start, end })
  }
}
