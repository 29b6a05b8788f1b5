import type { PillWords } from './editor/pill-widgets.ts'
import { preview } from './preview.ts'
import { pillText } from './preview-text.ts'
import type { FieldScope } from './scope.ts'

/** What a pill shows for an expression: a short path, and its value in the last run. */
export function pillFor(expr: string, scope: FieldScope): PillWords {
  const result = preview(expr, scope)
  return {
    label: shortPath(expr),
    value: result.kind === 'value' ? pillText(result.value) : null,
    problem: result.kind === 'problem' && result.code !== 'missing',
  }
}

const FITS = 20

/** `steps.` goes without saying, and a long path keeps its ends: `fetch…city`. */
export function shortPath(expr: string): string {
  const path = expr.trim().replace(/^steps\./, '')
  if (path.length <= FITS) return path
  const first = /^\w{1,16}/.exec(path)?.[0] ?? ''
  const last = /[\w$]+(?:\[\d+\])?$|\["[^"]*"\]$/.exec(path)?.[0] ?? path.slice(-FITS / 2)
  return `${first}…${last.slice(-FITS)}`
}
