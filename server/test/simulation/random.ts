/** Chance that comes out the same whenever the seed does. */
export interface Random {
  /** A whole number from 0, below `most`. */
  below(most: number): number
  chance(share: number): boolean
  pick<T>(all: readonly T[]): T
}

/** Mulberry32: small, fast, and good enough to throw dice with. */
export function randomFrom(seed: number): Random {
  let at = seed >>> 0
  const next = () => {
    at = (at + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(at ^ (at >>> 15), at | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (most) => Math.floor(next() * most),
    chance: (share) => next() < share,
    pick(all) {
      const one = all[Math.floor(next() * all.length)]
      if (one === undefined) throw new Error('Nothing to pick from')
      return one
    },
  }
}
