/** Whether two pieces of JSON say the same; the order of an object's keys and absent ones do not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, index) => same(one, b[index]))
    )
  const [left, right] = [present(a), present(b)]
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)))
  )
}

const present = (value: object) =>
  new Map<string, unknown>(Object.entries(value).filter(([, child]) => child !== undefined))
