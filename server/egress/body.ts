import { randomUUID } from 'node:crypto'
import { fail } from '#nodes/kit/failure.ts'
import type { HttpPart, HttpRequest } from '#nodes/kit/http.ts'

/** What is sent along, and its type unless the request says one. */
export interface Body {
  content: string | Uint8Array
  type: string
  /** The type holds what the content cannot be read without, so a given one does not replace it. */
  fixed?: true
}

const MAX_BYTES = 60 * 1024 * 1024
const MAX_PARTS = 100
const TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/

export function bodyOf({ body, bytes, parts, method = 'GET' }: HttpRequest): Body | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined
  if (parts) return multipart(parts)
  if (bytes) return { content: checked(bytes), type: 'application/octet-stream' }
  if (body === undefined || body === null) return undefined
  return typeof body === 'string'
    ? { content: body, type: 'text/plain;charset=UTF-8' }
    : { content: JSON.stringify(body), type: 'application/json' }
}

/** A multipart form, put together as browsers do it. */
function multipart(parts: readonly HttpPart[]): Body {
  if (parts.length > MAX_PARTS) throw fail('request_too_large', `A form has at most ${MAX_PARTS} parts`)
  const boundary = `trama-${randomUUID()}`
  const pieces = parts.flatMap((part) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(part.name)}"`
    if ('value' in part) return [Buffer.from(`${head}\r\n\r\n${part.value}\r\n`)]
    const type = TYPE.test(part.type) ? part.type : 'application/octet-stream'
    const file = `${head}; filename="${escaped(part.filename)}"\r\nContent-Type: ${type}\r\n\r\n`
    return [Buffer.from(file), part.bytes, Buffer.from('\r\n')]
  })
  const content = checked(Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]))
  return { content, type: `multipart/form-data; boundary=${boundary}`, fixed: true }
}

/** A name cannot end its quotes or its line. */
function escaped(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAX_BYTES) return bytes
  throw fail('request_too_large', `At most ${MAX_BYTES / 1024 / 1024} MB can be sent`)
}
