import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What a link opens, as texts; the first says what kind of thing it is. */
export type Opens = readonly [kind: string, ...names: string[]]

/** Makes links that open one thing and that nobody can guess, and knows its own. Nothing is stored. */
export interface Links {
  sign(opens: Opens): string
  isOurs(token: string, opens: Opens): boolean
}

export function createLinks(secret: string): Links {
  const key = Buffer.from(hkdfSync('sha256', secret, 'trama', 'public-links/1', 32))
  // As JSON, so that no name can run over into the next.
  const sign = (opens: Opens) => createHmac('sha256', key).update(JSON.stringify(opens)).digest('base64url')
  return {
    sign,
    isOurs(token, opens) {
      const ours = Buffer.from(sign(opens))
      const given = Buffer.from(token)
      return ours.length === given.length && timingSafeEqual(ours, given)
    },
  }
}
