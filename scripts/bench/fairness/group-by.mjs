/** What `Map.groupBy` gives; Node 20 does not have it. */
export function groupBy(list, keyOf) {
  const groups = new Map()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
