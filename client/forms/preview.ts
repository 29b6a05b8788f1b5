import { evaluate } from '#nodes/graph/expression/evaluate.ts'
import { ExpressionError } from '#nodes/graph/expression/parse.ts'
import { references } from '#nodes/graph/expression/references.ts'
import type { Json } from '#nodes/kit/index.ts'
import type { FieldScope } from './scope.ts'

export type Preview =
  | { kind: 'empty' }
  /** Nothing ran yet, or not the steps this reads. */
  | { kind: 'no-data' }
  | { kind: 'value'; value: Json }
  | { kind: 'problem'; message: string; code: string }

/** A preview must never hold up the page: what takes longer shows when the workflow runs. */
const LIMITS = { steps: 200_000, size: 2_000_000 }

/** What an expression gives with the data of the last run. */
export function preview(source: string, scope: FieldScope): Preview {
  if (source.trim() === '') return { kind: 'empty' }
  try {
    const names = references(source)
    const reads = names.roots.some((root) => root !== 'now')
    if (reads && (scope.values === null || !hasAll(names.steps, scope.values))) return { kind: 'no-data' }
    return { kind: 'value', value: evaluate(source, scope.values ?? {}, LIMITS) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { kind: 'problem', message: error.message, code: error.code }
  }
}

function hasAll(steps: readonly string[], values: Record<string, Json>): boolean {
  const ran = values.steps
  const isMap = typeof ran === 'object' && ran !== null && !Array.isArray(ran)
  return steps.every((step) => isMap && Object.hasOwn(ran, step))
}
