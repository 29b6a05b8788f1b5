import type { Json } from '../../kit/json.ts'
import type { Budget } from './budget.ts'
import { Trouble } from './errors.ts'

const MAX_NESTING = 100

/** Reads JSON text, having counted what it makes before it is made. */
export function parseJson(text: string, budget: Budget): Json {
  measure(text, budget)
  try {
    // JSON.parse makes `__proto__` an own field and runs nothing.
    const value: Json = JSON.parse(text)
    return value
  } catch {
    throw new Trouble('type', `This text is not JSON: ${text.slice(0, 60)}${text.length > 60 ? '…' : ''}`)
  }
}

function measure(text: string, budget: Budget): void {
  budget.text(text.length)
  let depth = 0
  let elements = 0
  let inText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (inText) {
      if (sign === '\\') at += 1
      else if (sign === '"') inText = false
    } else if (sign === '"') inText = true
    else if (sign === '[' || sign === '{') {
      depth += 1
      elements += 1
      if (depth > MAX_NESTING) throw new Trouble('budget', 'The JSON is nested too deeply')
    } else if (sign === ']' || sign === '}') depth -= 1
    else if (sign === ',') elements += 1
  }
  budget.elements(elements)
}
