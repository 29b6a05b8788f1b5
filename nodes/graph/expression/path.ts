import type { Expression } from './ast.ts'

/** How a path reads in a message: `steps.fetch.body`, `trigger.items[0]`. */
export function pathOf(node: Expression): string {
  switch (node.kind) {
    case 'name':
      return node.name
    case 'member':
      return `${pathOf(node.object)}.${node.key}`
    case 'index':
      return `${pathOf(node.object)}[${keyText(node.index)}]`
    case 'chain':
      return pathOf(node.of)
    case 'call':
      return node.object.kind === 'regex' ? '…' : `${pathOf(node.object)}.${node.method}()`
    case 'static':
      return `${node.name}()`
    default:
      return '…'
  }
}

function keyText(key: Expression): string {
  return key.kind === 'literal' ? JSON.stringify(key.value) : pathOf(key)
}
