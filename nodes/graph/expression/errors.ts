/** Why an expression could not be read or gave no value. */
export type ExpressionErrorCode =
  | 'syntax'
  | 'forbidden'
  | 'unknown_name'
  | 'type'
  | 'missing'
  | 'budget'
  | 'method'
  | 'regex'

/** Thrown by `parse` and `evaluate`; `start` and `end` are offsets in the source. */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode
  readonly start: number
  readonly end: number
  /** The path that led nowhere, for `missing`. */
  readonly path?: string

  constructor(problem: {
    code: ExpressionErrorCode
    message: string
    start: number
    end: number
    path?: string
  }) {
    super(problem.message)
    this.name = 'ExpressionError'
    this.code = problem.code
    this.start = problem.start
    this.end = problem.end
    this.path = problem.path
  }
}

/** Thrown where the position is not known; the interpreter turns it into an `ExpressionError` of the node it is at. */
export class Trouble extends Error {
  readonly code: ExpressionErrorCode
  constructor(code: ExpressionErrorCode, message: string) {
    super(message)
    this.name = 'Trouble'
    this.code = code
  }
}
