import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { fail } from '#nodes/kit/failure.ts'
import type { HttpReply } from '#nodes/kit/http.ts'
import type { Json } from '#nodes/kit/json.ts'

const MAX_DEPTH = 100

/** Reads a whole body, unpacked, up to a size. */
export async function readBody(
  body: Readable,
  { encoding, maxBytes }: { encoding: string; maxBytes: number },
): Promise<Buffer> {
  const source = unpacked(body, encoding)
  try {
    return await wholeOf(source, maxBytes)
  } finally {
    source.destroy()
    body.destroy()
  }
}

/** By its events: a stream's iterator costs several times as much for the one chunk that most answers are. */
function wholeOf(source: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    source.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > maxBytes)
        reject(fail('response_too_large', `The answer is larger than ${megabytes(maxBytes)}`))
      else chunks.push(Buffer.from(chunk))
    })
    source.once('end', () => resolve(Buffer.concat(chunks)))
    source.once('error', reject)
    // Closed before its end: whatever ended it said nothing.
    source.once('close', () => reject(new Error('The answer was cut off')))
  })
}

function megabytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${bytes} bytes`
}

function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === '') return body
  let at = body
  // Written in the order in which they were put on.
  for (const name of encoding
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .reverse()) {
    if (name === '' || name === 'identity') continue
    const stream =
      name === 'gzip' || name === 'x-gzip'
        ? createGunzip()
        : name === 'br'
          ? createBrotliDecompress()
          : name === 'deflate'
            ? createInflate()
            : null
    if (!stream) throw fail('invalid_response', `The answer is packed in a way that cannot be read (${name})`)
    // The reader of the last stream sees the error; without a listener it would end the process.
    at = pipeline(at, stream, () => undefined)
  }
  return at
}

export function readHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const entries = Object.entries(headers).map(([key, value]) => [
    key.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return Object.fromEntries(entries)
}

/** JSON when the response says so and it is; otherwise text. */
export function parseBody(bytes: Buffer, headers: Record<string, string>): HttpReply['body'] {
  const type = headers['content-type'] ?? ''
  const text = decode(bytes, /charset=["']?([\w.:-]+)/i.exec(type)?.[1])
  const media = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (media !== 'application/json' && media !== 'text/json' && !media.endsWith('+json')) return text
  if (isTooDeep(text)) return text
  try {
    const json: Json = JSON.parse(text)
    return json
  } catch {
    return text
  }
}

function decode(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

/** Whether JSON text nests deeper than data may; looked at before it is parsed. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (inText) {
      if (sign === 0x5c) at += 1
      else if (sign === 0x22) inText = false
    } else if (sign === 0x22) inText = true
    else if (sign === 0x5b || sign === 0x7b) {
      depth += 1
      if (depth > MAX_DEPTH) return true
    } else if (sign === 0x5d || sign === 0x7d) depth -= 1
  }
  return false
}
