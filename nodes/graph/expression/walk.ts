import type { Argument, Expression, Field, Spread } from './ast.ts'

type Part = Expression | Argument | Spread | Field

/**
 * Every part of an expression that can read something, the whole first. Names that an arrow's parameter hides are
 * left out: they are not what they look like.
 */
export function walk(expression: Expression): (Expression | Argument)[] {
  const found: (Expression | Argument)[] = []
  visit(expression, new Set(), found)
  return found
}

function visit(part: Part, hidden: ReadonlySet<string>, found: (Expression | Argument)[]): void {
  if (part.kind === 'field') {
    visit(part.key, hidden, found)
    visit(part.value, hidden, found)
    return
  }
  if (part.kind === 'name' && hidden.has(part.name)) return
  const readsHidden =
    (part.kind === 'member' || part.kind === 'index') &&
    part.object.kind === 'name' &&
    hidden.has(part.object.name)
  if (!readsHidden) found.push(part)
  const inner = part.kind === 'arrow' ? new Set([...hidden, ...part.params]) : hidden
  for (const child of childrenOf(part)) visit(child, inner, found)
}

function childrenOf(part: Exclude<Part, Field>): Part[] {
  switch (part.kind) {
    case 'literal':
    case 'name':
    case 'regex':
    case 'function':
      return []
    case 'template':
      return part.parts
    case 'member':
      return [part.object]
    case 'index':
      return [part.object, part.index]
    case 'call':
      return [part.object, ...part.args]
    case 'static':
      return part.args
    case 'chain':
    case 'unary':
    case 'spread':
      return [part.of]
    case 'binary':
    case 'logical':
      return [part.left, part.right]
    case 'conditional':
      return [part.test, part.yes, part.no]
    case 'list':
      return part.elements
    case 'object':
      return part.fields
    case 'arrow':
      return [part.body]
    default:
      return part satisfies never
  }
}
