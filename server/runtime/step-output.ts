import { fail } from '#nodes/kit/failure.ts'
import { isJson, type Json } from '#nodes/kit/json.ts'

/** How deep a step's output may nest. */
const MOST_DEEP = 200
/** How much text one event may hold: a step's output, a list to repeat over. */
export const MOST_BYTES = 4 * 1024 * 1024

/** What a node gave, as JSON that can be stored and read again. Throws a `StepFailure`. */
export function stepOutput(value: unknown): Json {
  const output = isJson(value) ? value : written(value)
  if (isDeeperThan(output, MOST_DEEP))
    throw fail('output_too_deep', `The output is nested more than ${MOST_DEEP} levels deep.`)
  return output
}

/** Dates become text, absent fields go: what JSON.stringify would do. */
function written(value: unknown): Json {
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
    if (isJson(copy)) return copy
  } catch {
    // Cycles and big integers.
  }
  throw fail('invalid_output', 'The step gave something that is not JSON.')
}

function isDeeperThan(value: Json, most: number): boolean {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

export const outputTooLarge = (bytes: number) => ({
  code: 'output_too_large',
  message: `The output has ${(bytes / 1024 / 1024).toFixed(1)} MB; a step may give ${MOST_BYTES / 1024 / 1024} MB.`,
  retryable: false,
})
