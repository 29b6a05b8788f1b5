/** Names with their values; a name given more than once has the list. `__proto__` is a name like any other. */
export function fromPairs(pairs: Iterable<readonly [string, string]>): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of pairs) {
    const before = values.get(name)
    if (before === undefined) values.set(name, value)
    else values.set(name, Array.isArray(before) ? [...before, value] : [before, value])
  }
  // fromEntries defines own keys; an assignment to `__proto__` would not.
  return Object.fromEntries(values)
}
