/** English words of nodes come from their definitions; other languages have theirs in their own `nodes.ts`. */
export const nodes = {} as const
