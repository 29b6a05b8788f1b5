/** mulberry32: the same numbers from the same seed. */
export function randomFrom(seed: number) {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (from: number, to: number) => from + next() * (to - from),
    /** One of a list that is not empty. */
    one<Value>(list: readonly Value[]): Value {
      const found = list[Math.floor(next() * list.length)]
      if (found === undefined) throw new Error('Nothing to choose from')
      return found
    },
  }
}

export type Random = ReturnType<typeof randomFrom>
