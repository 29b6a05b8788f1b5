import type { z } from 'zod'
import { describe } from '#nodes/catalog-info.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { ExpressionError } from '#nodes/graph/expression/errors.ts'
import { evaluateParsed } from '#nodes/graph/expression/evaluate.ts'
import { type ParamsPlan, planParams } from '#nodes/graph/params.ts'
import type { Scope } from '#nodes/graph/scope.ts'
import type { AnyNode, JsonSchema } from '#nodes/kit/define-node.ts'
import { fail, type StepFailure } from '#nodes/kit/failure.ts'
import type { Json, JsonObject } from '#nodes/kit/json.ts'
import type { Prepared } from './prepare.ts'

const MOST_ELEMENTS = 100_000
const schemas = new WeakMap<AnyNode, JsonSchema>()
const plans = new WeakMap<DocumentNode, { schema: JsonSchema; plan: ParamsPlan }>()

export interface ParamsAbout {
  prepared: Prepared
  node: DocumentNode
  definition: AnyNode
  /** Asked for once, and only when something is computed. */
  scope: () => Scope
}

/** A node's parameters for one step: computed, then held against the definition's schema. Throws a `StepFailure`. */
export function stepParams({ prepared, node, definition, scope }: ParamsAbout): unknown {
  let known: Scope | undefined
  const evaluate = (source: string) => {
    known ??= scope()
    return evaluateParsed(prepared.parse(source), known)
  }
  const parsed = definition.params.safeParse(computed(node, { evaluate, schema: schemaOf(definition) }))
  if (!parsed.success) throw invalid(parsed.error)
  return parsed.data
}

/** The same, as they are before they are held against the schema. Throws a `StepFailure`. */
export function computedParams({ prepared, node, definition, scope }: ParamsAbout): JsonObject {
  const evaluate = (source: string) => evaluateParsed(prepared.parse(source), scope())
  return computed(node, { evaluate, schema: schemaOf(definition) })
}

/** The list of a frame or of a repeating node, and how many of it run at once. */
export function stepList(about: ParamsAbout): { items: Json[]; concurrency: number } {
  const { node, definition, prepared, scope } = about
  if (definition.role !== 'frame' && node.repeat) {
    const source = node.repeat.list.expr
    const items = evaluated(source, { prepared, scope: scope(), field: 'repeat.list' })
    return { items: asList(items, 'repeat.list'), concurrency: node.repeat.concurrency }
  }
  const params = stepParams(about)
  const given = typeof params === 'object' && params !== null ? params : {}
  const concurrency = 'concurrency' in given && typeof given.concurrency === 'number' ? given.concurrency : 1
  return { items: asList('list' in given ? given.list : undefined, 'list'), concurrency }
}

/** How often a frame that repeats goes round at most. `until` is asked after each round, not here. */
export function mostRounds(about: ParamsAbout): number {
  const { until: _, ...params } = about.node.params
  const given = stepParams({ ...about, node: { ...about.node, params: { ...params, until: false } } })
  return typeof given === 'object' && given !== null && 'most' in given && typeof given.most === 'number'
    ? given.most
    : 1
}

/** Whether a frame that repeats is done, in the scope of the round that has ended. Throws a `StepFailure`. */
export function isMet(about: ParamsAbout): boolean {
  const params = stepParams(about)
  return typeof params === 'object' && params !== null && 'until' in params && params.until === true
}

function asList(value: unknown, field: string): Json[] {
  if (!Array.isArray(value)) throw fail('invalid_params', `${field}: This must be a list.`)
  if (value.length > MOST_ELEMENTS)
    throw fail('list_too_long', `${field}: A list holds at most ${MOST_ELEMENTS} elements here.`)
  return value
}

/** A failure names the field it is in. */
function computed(node: DocumentNode, about: { evaluate: (source: string) => Json; schema: JsonSchema }) {
  let at = ''
  const evaluate = (source: string, field: string) => {
    at = field
    return about.evaluate(source)
  }
  try {
    return planOf(node, about.schema)(evaluate)
  } catch (error) {
    throw error instanceof ExpressionError ? expressionFailure(error, at) : error
  }
}

/** The value of one expression of a step. Throws a `StepFailure` that names the field. */
export function evaluated(source: string, about: { prepared: Prepared; scope: Scope; field: string }): Json {
  try {
    return evaluateParsed(about.prepared.parse(source), about.scope)
  } catch (error) {
    throw error instanceof ExpressionError ? expressionFailure(error, about.field) : error
  }
}

/** `{ code: 'expression_type', message: 'url: …' }` */
function expressionFailure(error: ExpressionError, field: string): StepFailure {
  return fail(`expression_${error.code}`, `${field}: ${error.message}`)
}

/** Names the field that is wrong, as the form calls it. */
function invalid(error: z.ZodError): StepFailure {
  const [first] = error.issues
  const field = first?.path.join('.') ?? ''
  const text = first?.message ?? 'It does not fit'
  return fail('invalid_params', field === '' ? text : `${field}: ${text}`)
}

/** The JSON Schema of a definition's parameters, made once. */
export function schemaOf(definition: AnyNode): JsonSchema {
  const known = schemas.get(definition) ?? describe(definition).params
  schemas.set(definition, known)
  return known
}

/** A node's parameters, taken apart once for all its steps. */
function planOf(node: DocumentNode, schema: JsonSchema): ParamsPlan {
  const known = plans.get(node)
  if (known?.schema === schema) return known.plan
  const plan = planParams(node.params, schema)
  plans.set(node, { schema, plan })
  return plan
}
