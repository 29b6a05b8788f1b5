const encoder = new TextEncoder()

/** Whether this hex text is the HMAC-SHA-256 of these bytes. In constant time; without a secret nothing is. */
export async function isHmacSha256(
  hex: string,
  { secret, bytes }: { secret: string; bytes: Uint8Array },
): Promise<boolean> {
  if (secret === '' || !/^[0-9a-f]{64}$/i.test(hex)) return false
  const signature = Uint8Array.from({ length: 32 }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  )
  const about = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), about, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, signature, new Uint8Array(bytes))
}

/** Whether two texts are equal, in a time that tells nothing about where they differ. An empty one equals none. */
export async function isSameText(given: string, expected: string): Promise<boolean> {
  if (given === '' || expected === '') return false
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
  const [one, other] = await Promise.all([digest(given), digest(expected)])
  return one.reduce((difference, byte, at) => difference | (byte ^ (other[at] ?? 0)), 0) === 0
}

/** Bytes of what a signature is over: a beginning of our own, and the body as it came. */
export function signedBytes(beginning: string, body: Uint8Array): Uint8Array {
  const start = encoder.encode(beginning)
  const bytes = new Uint8Array(start.length + body.length)
  bytes.set(start)
  bytes.set(body, start.length)
  return bytes
}

const WINDOW_S = 300

/** Whether a service's own time, in seconds, is within five minutes of ours: an old delivery is not played again. */
export function isRecent(seconds: string, nowMs: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(nowMs / 1_000 - Number(seconds)) <= WINDOW_S
}
