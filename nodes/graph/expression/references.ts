import type { Argument, Expression, Span } from './ast.ts'
import { isRoot } from './ast.ts'
import { ExpressionError } from './errors.ts'
import { parse } from './parse.ts'
import { walk } from './walk.ts'

export interface References {
  /** Keys of the steps it reads, each once. */
  steps: string[]
  /** Of these, the ones whose `item` is read: the element that led here, where they gave a list. */
  items: string[]
  /** The names it starts from (`trigger`, `steps` …), each once. */
  roots: string[]
}

/** What an expression reads; nothing for one that cannot be read. */
export function references(source: string): References {
  const steps = new Set<string>()
  const items = new Set<string>()
  const names = new Set<string>()
  for (const node of nodesOf(source)) {
    const step = stepOf(node)
    if (step) steps.add(step.key)
    const whole = node.kind === 'member' && node.key === 'item' ? stepOf(node.object) : null
    if (whole) items.add(whole.key)
    if (node.kind === 'name' && isRoot(node.name)) names.add(node.name)
  }
  return { steps: [...steps], items: [...items], roots: [...names] }
}

/** The source after a step's key has changed; every other character stays as it was. */
export function renameStep(source: string, from: string, to: string): string {
  const places: { span: Span; text: string }[] = []
  for (const node of nodesOf(source)) {
    const step = stepOf(node)
    if (step?.key === from) places.push({ span: step.span, text: step.quoted ? JSON.stringify(to) : to })
  }
  places.sort((a, b) => b.span.start - a.span.start)
  return places.reduce(
    (text, { span, text: by }) => text.slice(0, span.start) + by + text.slice(span.end),
    source,
  )
}

/** `steps.fetch` or `steps["fetch"]`, unless `steps` is an arrow's parameter here. */
export function stepOf(node: Expression | Argument): { key: string; span: Span; quoted: boolean } | null {
  if (node.kind !== 'member' && node.kind !== 'index') return null
  if (node.object.kind !== 'name' || node.object.name !== 'steps') return null
  if (node.kind === 'member') return { key: node.key, span: node.keySpan, quoted: false }
  const { index } = node
  if (index.kind !== 'literal' || typeof index.value !== 'string') return null
  return { key: index.value, span: index, quoted: true }
}

function nodesOf(source: string): (Expression | Argument)[] {
  try {
    return walk(parse(source))
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}
