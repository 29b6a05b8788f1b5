import { fail } from '#nodes/kit/failure.ts'
import { isPlain } from '#nodes/kit/is-json.ts'
import { isJson, type Json } from '#nodes/kit/json.ts'

/** How deep a step's output may nest. */
const MOST_DEEP = 200
/** How much text one event may hold: a step's output, a list to repeat over. */
export const MOST_BYTES = 4 * 1024 * 1024

/** What a node gave, as JSON that can be stored and read again. Throws a `StepFailure`. */
export function stepOutput(value: unknown): Json {
  if (isShallowJson(value)) return value
  if (nestsTooDeep(value)) throw tooDeep()
  const copy = written(value)
  if (isTooDeep(copy)) throw tooDeep()
  return copy
}

/** Nested deeper than a step's output may be. */
export const isTooDeep = (value: Json): boolean => nestsTooDeep(value)

/** Dates become text, absent fields go: what JSON.stringify would do. */
function written(value: unknown): Json {
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
    if (isJson(copy)) return copy
  } catch {
    // Big integers.
  }
  throw fail('invalid_output', 'The step gave something that is not JSON.')
}

const tooDeep = () => fail('output_too_deep', `The output is nested more than ${MOST_DEEP} levels deep.`)

const isShallowJson = (value: unknown): value is Json => shapeOf(value, 0) === 'json'
const nestsTooDeep = (value: unknown) => shapeOf(value, 0) === 'deep'

/** Nearly every output is JSON and shallow: one look says so, and ends even where a value holds itself. */
function shapeOf(value: unknown, depth: number): 'json' | 'deep' | 'other' {
  if (depth > MOST_DEEP) return 'deep'
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return 'json'
    case 'number':
      return Number.isFinite(value) ? 'json' : 'other'
    case 'object':
      return value === null ? 'json' : shapeInside(value, depth + 1)
    default:
      return 'other'
  }
}

function shapeInside(value: object, depth: number): 'json' | 'deep' | 'other' {
  if (Array.isArray(value)) {
    for (const element of value) {
      const shape = shapeOf(element, depth)
      if (shape !== 'json') return shape
    }
    return 'json'
  }
  if (!isPlain(value)) return 'other'
  for (const key of Object.keys(value)) {
    const shape = shapeOf(value[key], depth)
    if (shape !== 'json') return shape
  }
  return 'json'
}

const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Of a frame or a repeating node: its list is kept as it was found. */
export const listTooLarge = (bytes: number) => ({
  code: 'list_too_large',
  message: `The list to repeat over has ${mb(bytes)}; it may have ${MOST_BYTES / 1024 / 1024} MB. Keep only the fields that are needed, or take it in parts.`,
  retryable: false,
})

export const outputTooLarge = (bytes: number) => ({
  code: 'output_too_large',
  message: `The output has ${mb(bytes)}; a step may give ${MOST_BYTES / 1024 / 1024} MB.`,
  retryable: false,
})
