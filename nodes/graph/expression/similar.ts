/** The nearest of the names that are there, if one is near: for “did you mean”. */
export function similarName(name: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let least = name.length <= 3 ? 2 : 3
  let looked = 0
  for (const candidate of known) {
    looked += 1
    if (looked > 300) break
    if (candidate.length > 64 || name.length > 64) continue
    const distance = candidate.toLowerCase() === name.toLowerCase() ? 0 : edits(name, candidate)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

function edits(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1
      line.push(
        Math.min((above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + same),
      )
    }
    above = line
  }
  return above[to.length] ?? 0
}
