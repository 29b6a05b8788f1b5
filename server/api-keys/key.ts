import { createHash, randomBytes } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const length = 43

/** What can be a key at all. Ours are `trama_` and 32 random bytes in base 62; an operator may give the first one. */
export const keyForm = /^[\x21-\x7e]{8,200}$/

export function newKey(): string {
  let number = BigInt(`0x${randomBytes(32).toString('hex')}`)
  let text = ''
  while (number > 0n) {
    text = letters.charAt(Number(number % 62n)) + text
    number /= 62n
  }
  return `trama_${text.padStart(length, '0')}`
}

/** What is stored of a key. A key is random and long, so that a fast hash is enough. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

/** The first characters, to recognise a key by: never more than a third of it. */
export function prefixOf(key: string): string {
  return key.slice(0, Math.min(12, Math.floor(key.length / 3)))
}
