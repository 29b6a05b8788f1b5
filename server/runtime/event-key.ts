import { createHash } from 'node:crypto'

const MOST_LONG = 200

/** A service's name for what happened there is as long as it likes, and of any characters; what we keep is not. */
export function eventKey(key: string): string {
  const isKept = key.length <= MOST_LONG && !/[\p{Cc}\p{Cs}]/u.test(key)
  return isKept ? key : createHash('sha256').update(JSON.stringify(key)).digest('hex')
}
