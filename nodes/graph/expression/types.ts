import type { JsonSchema } from '../../kit/define-node.ts'
import type { Expression } from './ast.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import { Inference } from './inference.ts'
import { parse } from './parse.ts'
import { unknown } from './schema.ts'

/** Something that will go wrong when the expression is evaluated; `start` and `end` are offsets in the source. */
export interface ExpressionProblem {
  code: ExpressionErrorCode
  message: string
  start: number
  end: number
}

export interface Inferred {
  /** Of the result; `{}` where it cannot be known. */
  schema: JsonSchema
  problems: ExpressionProblem[]
}

/** What an expression gives, from what is known of what it reads. Says nothing against what is not known. */
export function inferType(source: string, scopeTypes: Readonly<Record<string, JsonSchema>>): Inferred {
  let expression: Expression
  try {
    expression = parse(source)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const { code, message, start, end } = error
    return { schema: unknown, problems: [{ code, message, start, end }] }
  }
  const inference = new Inference(scopeTypes)
  return { schema: inference.of(expression, null), problems: inference.problems }
}
