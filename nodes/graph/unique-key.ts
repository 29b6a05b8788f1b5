import type { NodeKey } from './document.ts'

const MAX_LENGTH = 63

/** A key made from a name, such as `send_mail`, that is not taken: `send_mail_2` when it is. */
export function uniqueKey(name: string, taken: Iterable<NodeKey>): NodeKey {
  const others = new Set(taken)
  const base = slugOf(name)
  if (!others.has(base)) return base
  for (let count = 2; ; count++) {
    const ending = `_${count}`
    const key = base.slice(0, MAX_LENGTH - ending.length) + ending
    if (!others.has(key)) return key
  }
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/_+$/, '')
  if (slug === '') return 'step'
  return /^[a-z]/.test(slug) ? slug : `n_${slug}`.slice(0, MAX_LENGTH)
}
