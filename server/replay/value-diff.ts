import type { Json } from '#nodes/kit/json.ts'

/** A value as it is shown: its JSON, cut where it is long. */
export interface ShownValue {
  text: string
  cut: boolean
}

/** One place where two values are not the same; a side that has nothing there is absent. */
export interface Difference {
  path: (string | number)[]
  left?: ShownValue
  right?: ShownValue
}

const MOST_TEXT = 1_000

/** Where two values differ (undefined is none), in the order of the left one's fields; `more` when there were more places than asked for. */
export function diffValues(
  left: Json | undefined,
  right: Json | undefined,
  { most }: { most: number },
): { differences: Difference[]; more: boolean } {
  const differences: Difference[] = []
  let more = false
  look(left, right, [])
  return { differences, more }

  function look(a: Json | undefined, b: Json | undefined, path: (string | number)[]): void {
    if (more || a === b) return
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let at = 0; at < Math.max(a.length, b.length); at++) look(a[at], b[at], [...path, at])
      return
    }
    if (isObject(a) && isObject(b)) {
      for (const key of Object.keys(a)) look(a[key], ownOf(b, key), [...path, key])
      for (const key of Object.keys(b)) if (!Object.hasOwn(a, key)) look(undefined, b[key], [...path, key])
      return
    }
    if (differences.length >= most) more = true
    else
      differences.push({
        path,
        ...(a === undefined ? {} : { left: shown(a) }),
        ...(b === undefined ? {} : { right: shown(b) }),
      })
  }
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const ownOf = (value: { [key: string]: Json }, key: string) =>
  Object.hasOwn(value, key) ? value[key] : undefined

function shown(value: Json): ShownValue {
  const text = JSON.stringify(value, null, 2)
  if (text.length <= MOST_TEXT) return { text, cut: false }
  // Not in the middle of what is one character to a reader.
  const end = /[\ud800-\udbff]/.test(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT
  return { text: text.slice(0, end), cut: true }
}
