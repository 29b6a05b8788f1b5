import type { Json } from '#nodes/kit/json.ts'

/** What a model wrote, as JSON; undefined when it is none. */
export function parsed(text: string): Json | undefined {
  try {
    const json: Json = JSON.parse(text)
    return json
  } catch {
    return undefined
  }
}
