import { isJsonObject, type Json, type JsonObject, z } from '../kit/index.ts'

export const Attachment = z.object({
  id: z.string().meta({ title: 'ID' }),
  name: z.string().meta({ title: 'Name' }),
  type: z.string().meta({ title: 'Type' }),
  size: z.number().meta({ title: 'Size in bytes' }),
})

/** A message as lists show it. */
export const Summary = z.object({
  id: z.string().meta({ title: 'ID' }),
  threadId: z.string().meta({ title: 'Thread ID' }),
  from: z.string().meta({ title: 'From' }),
  to: z.string().meta({ title: 'To' }),
  subject: z.string().meta({ title: 'Subject' }),
  snippet: z.string().meta({ title: 'First words' }),
  date: z.string().meta({ title: 'Received' }),
  labels: z.array(z.string()).meta({ title: 'Label IDs' }),
})

/** A whole message. */
export const Message = Summary.extend({
  cc: z.string().meta({ title: 'Cc' }),
  text: z.string().meta({ title: 'Text' }),
  html: z.string().meta({ title: 'HTML' }),
  attachments: z.array(Attachment).meta({ title: 'Attachments' }),
})

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '')
const listOf = (value: Json | undefined) => (Array.isArray(value) ? value : [])

export function headerOf(message: JsonObject, name: string): string {
  const payload = isJsonObject(message.payload) ? message.payload : {}
  const found = listOf(payload.headers).find(
    (one) => isJsonObject(one) && textOf(one.name).toLowerCase() === name.toLowerCase(),
  )
  return isJsonObject(found) ? textOf(found.value) : ''
}

/** When it came, in milliseconds since the epoch. */
export const receivedMs = (message: JsonObject) => Number(textOf(message.internalDate))

export function summaryOf(message: JsonObject): z.output<typeof Summary> {
  return {
    id: textOf(message.id),
    threadId: textOf(message.threadId),
    from: headerOf(message, 'From'),
    to: headerOf(message, 'To'),
    subject: headerOf(message, 'Subject'),
    snippet: textOf(message.snippet),
    date: new Date(receivedMs(message)).toISOString(),
    labels: listOf(message.labelIds).map(textOf),
  }
}

export function messageOf(message: JsonObject): z.output<typeof Message> {
  const parts = partsOf(message.payload, 0)
  const bodyOf = (type: string) => {
    const part = parts.find(({ mimeType, filename }) => mimeType === type && !textOf(filename))
    return part && isJsonObject(part.body) ? decoded(textOf(part.body.data)) : ''
  }
  return {
    ...summaryOf(message),
    cc: headerOf(message, 'Cc'),
    text: bodyOf('text/plain'),
    html: bodyOf('text/html'),
    attachments: parts.flatMap(attachmentOf),
  }
}

const DEEPEST = 20

/** The parts of a message, the innermost too. */
function partsOf(part: Json | undefined, depth: number): JsonObject[] {
  if (!isJsonObject(part) || depth > DEEPEST) return []
  return [part, ...listOf(part.parts).flatMap((one) => partsOf(one, depth + 1))]
}

function attachmentOf({ filename, mimeType, body }: JsonObject): z.output<typeof Attachment>[] {
  if (!textOf(filename) || !isJsonObject(body) || !textOf(body.attachmentId)) return []
  const size = typeof body.size === 'number' ? body.size : 0
  return [{ id: textOf(body.attachmentId), name: textOf(filename), type: textOf(mimeType), size }]
}

const decoded = (data: string) => new TextDecoder().decode(bytesOf(data))

/** Gmail's base64: with - and _, and without the padding. */
export function bytesOf(data: string): Uint8Array {
  const text = atob(data.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}

export function base64urlOf(bytes: Uint8Array): string {
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000)
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(chunks.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
