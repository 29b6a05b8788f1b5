import { randomBytes, randomFillSync } from 'node:crypto'

const letters = '0123456789abcdefghijklmnopqrstuvwxyz'

/** A UUID of version 7: random, and sorted by the time it was made. */
export function newId(nowMs = Date.now()): string {
  const bytes = sixteenBytes()
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

// A call for random bytes costs the same for many as for few.
const pool = Buffer.alloc(4096)
let taken = pool.length

function sixteenBytes(): Buffer {
  if (taken === pool.length) {
    randomFillSync(pool)
    taken = 0
  }
  taken += 16
  return pool.subarray(taken - 16, taken)
}

/** When an id of version 7 was made. */
export function madeAtMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

/** Random text of small letters and digits, for ids that people may see: 16 of them hold 82 bits. */
export function shortId(length = 16): string {
  let id = ''
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      // 252 = 7 × 36: bytes above it would make some letters likelier.
      if (byte < 252 && id.length < length) id += letters[byte % 36]
    }
  }
  return id
}
