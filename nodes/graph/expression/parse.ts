import { type Expression as AcornExpression, parseExpressionAt, tokenizer, tokTypes } from 'acorn'
import type { Expression } from './ast.ts'
import { convert } from './convert.ts'
import { ExpressionError } from './errors.ts'

export type { Expression } from './ast.ts'
export { ExpressionError } from './errors.ts'

const MAX_LENGTH = 20_000
const options = { ecmaVersion: 'latest', sourceType: 'script' } as const

/** Reads an expression, or throws an `ExpressionError` with its position. */
export function parse(source: string): Expression {
  const known = remembered.get(source)
  if (known) return known
  const expression = parseAround(source)
  remember(source, expression)
  return expression
}

/** As `parse`, letting one name through anywhere: the editor puts it where the cursor is. */
export function parseAround(source: string, marker?: string): Expression {
  if (source.length > MAX_LENGTH)
    throw problem('budget', `An expression has at most ${MAX_LENGTH} characters`)
  return convert(syntaxTree(source), { source, marker })
}

function syntaxTree(source: string): AcornExpression {
  try {
    const tree = parseExpressionAt(source, 0, options)
    // acorn stops where an expression can end; a person would not expect the rest to be ignored.
    const rest = tokenizer(source.slice(endOf(tree, source)), options).getToken()
    if (rest.type === tokTypes.eof) return tree
    const start = endOf(tree, source) + rest.start
    throw problem('syntax', 'The expression should end here', { start, end: source.length })
  } catch (error) {
    throw asProblem(error, source)
  }
}

/** acorn leaves parentheses around the whole out of the tree: finds where they close. */
function endOf(tree: AcornExpression, source: string): number {
  let open = 0
  for (const token of tokenizer(source.slice(0, tree.start), options)) {
    if (token.type === tokTypes.parenL) open += 1
  }
  let end = tree.end
  while (open > 0) {
    const token = tokenizer(source.slice(end), options).getToken()
    if (token.type !== tokTypes.parenR) break
    end += token.end
    open -= 1
  }
  return end
}

function asProblem(error: unknown, source: string): ExpressionError {
  if (error instanceof ExpressionError) return error
  if (error instanceof RangeError) return problem('budget', 'The expression is nested too deeply')
  if (!(error instanceof SyntaxError)) throw error
  const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0
  if (source.trim() === '') return problem('syntax', 'The expression is empty')
  const message = error.message.replace(/ \(\d+:\d+\)$/, '')
  const text = at >= source.length ? 'The expression is not complete' : message
  return problem('syntax', text, { start: Math.min(at, source.length), end: Math.min(at + 1, source.length) })
}

function problem(
  code: 'syntax' | 'budget',
  message: string,
  at: { start: number; end: number } = { start: 0, end: 0 },
) {
  return new ExpressionError({ code, message, ...at })
}

// A run evaluates the same few expressions over and over.
const MAX_REMEMBERED = 500
const remembered = new Map<string, Expression>()

function remember(source: string, expression: Expression): void {
  if (remembered.size >= MAX_REMEMBERED) {
    const oldest = remembered.keys().next()
    if (!oldest.done) remembered.delete(oldest.value)
  }
  remembered.set(source, expression)
}
