import { type Expression, parse } from '#nodes/graph/expression/parse.ts'

/** Whether a source is one whole, allowed expression. */
export function isExpression(source: string): boolean {
  try {
    parse(source)
    return true
  } catch {
    return false
  }
}

/** Whether it only goes to a place: `steps.fetch.body[0].name`. */
export function isPath(source: string): boolean {
  try {
    return goesSomewhere(parse(source))
  } catch {
    return false
  }
}

function goesSomewhere(expression: Expression): boolean {
  switch (expression.kind) {
    case 'name':
      return true
    case 'member':
      return goesSomewhere(expression.object)
    case 'index':
      return expression.index.kind === 'literal' && goesSomewhere(expression.object)
    case 'chain':
      return goesSomewhere(expression.of)
    default:
      return false
  }
}
