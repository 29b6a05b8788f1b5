import { type FakeCall, type FakeReply, jsonOf } from './fake.ts'

interface Part {
  mimeType: string
  filename?: string
  headers?: { name: string; value: string }[]
  body?: { data?: string; size: number; attachmentId?: string }
  parts?: Part[]
}

interface Stored {
  id: string
  threadId: string
  labelIds: string[]
  internalDate: string
  snippet: string
  payload: Part
}

const base64url = (text: string | Buffer) => Buffer.from(text).toString('base64url')

/** The messages of one account. */
export function gmailMailbox(address: string) {
  const messages: Stored[] = []
  const sent: { raw: string; threadId?: string }[] = []
  const labels = new Map(['INBOX', 'UNREAD', 'SENT'].map((name) => [name, name]))
  const attachments = new Map<string, Buffer>()

  /** A message comes in. */
  function receive(about: {
    from: string
    subject: string
    text: string
    atMs: number
    file?: { name: string; bytes: Buffer }
  }) {
    const id = `18f${(messages.length + 1).toString(16)}`
    const text: Part = {
      mimeType: 'text/plain',
      filename: '',
      body: { data: base64url(about.text), size: about.text.length },
    }
    const parts: Part[] = [
      { mimeType: 'multipart/alternative', filename: '', parts: [text], body: { size: 0 } },
    ]
    if (about.file) {
      attachments.set(`att-${id}`, about.file.bytes)
      const body = { attachmentId: `att-${id}`, size: about.file.bytes.length }
      parts.push({ mimeType: 'application/pdf', filename: about.file.name, body })
    }
    const headers = [
      { name: 'From', value: about.from },
      { name: 'To', value: address },
      { name: 'Subject', value: about.subject },
      { name: 'Message-ID', value: `<${id}@mail.example.com>` },
    ]
    const payload = { mimeType: 'multipart/mixed', filename: '', headers, parts, body: { size: 0 } }
    const at = { internalDate: String(about.atMs), snippet: about.text.slice(0, 80) }
    messages.push({ id, threadId: id, labelIds: ['INBOX', 'UNREAD'], payload, ...at })
    return id
  }

  function answer(call: FakeCall): FakeReply | null {
    const upload = call.path === '/upload/gmail/v1/users/me/messages/send'
    const path = call.path.replace('/gmail/v1/users/me', '')
    const [, id, verb] = /^\/messages\/(\w+)(?:\/(modify|attachments\/[\w-]+))?$/.exec(path) ?? []
    const key = `${call.method} ${id && id !== 'send' ? '/messages/:id' : path}`
    if (upload && call.method === 'POST') return sendUpload(call)
    switch (key) {
      case 'GET /profile':
        return { json: { emailAddress: address, messagesTotal: messages.length, historyId: '1' } }
      case 'GET /messages':
        return list(call)
      case 'POST /messages/send':
        return send(jsonOf(call))
      case 'GET /labels':
        return { json: { labels: [...labels].map(([name, labelId]) => ({ id: labelId, name })) } }
      case 'POST /labels':
        return makeLabel(jsonOf(call))
    }
    const message = messages.find((one) => one.id === id)
    if (!message) return null
    if (call.method === 'POST' && verb === 'modify') return modify(message, jsonOf(call))
    if (call.method === 'GET' && verb?.startsWith('attachments/')) return attachment(verb.slice(12))
    return call.method === 'GET' && verb === undefined ? get(message, call.query.get('format')) : null
  }

  function list({ query }: FakeCall): FakeReply {
    const most = Number(query.get('maxResults') ?? 100)
    if (!Number.isInteger(most) || most < 1 || most > 500)
      return { status: 400, json: { error: { message: 'Invalid maxResults' } } }
    const words = (query.get('q') ?? '').split(' ').filter(Boolean)
    const fits = messages.filter((message) => words.every((word) => fitsWord(message, word)))
    const from = Number(query.get('pageToken') ?? 0)
    const page = [...fits].reverse().slice(from, from + most)
    return {
      json: {
        ...(page.length > 0 ? { messages: page.map(({ id, threadId }) => ({ id, threadId })) } : {}),
        ...(from + most < fits.length ? { nextPageToken: String(from + most) } : {}),
        resultSizeEstimate: fits.length,
      },
    }
  }

  function send(body: Record<string, unknown> | undefined): FakeReply {
    if (typeof body?.raw !== 'string' || !/^[\w-]+$/.test(body.raw))
      return {
        status: 400,
        json: { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'Invalid raw' } },
      }
    return keep(Buffer.from(body.raw, 'base64url').toString('utf8'), body.threadId)
  }

  function sendUpload({ headers, text, query }: FakeCall): FakeReply {
    const [, boundary] = /^multipart\/related; boundary=(\S+)$/.exec(headers['content-type'] ?? '') ?? []
    const parts = boundary === undefined ? [] : text.split(`--${boundary}`)
    const raw = parts[2]?.split('\r\n\r\n').slice(1).join('\r\n\r\n')
    if (
      query.get('uploadType') !== 'multipart' ||
      parts.length !== 4 ||
      !raw ||
      !parts[2]?.includes('message/rfc822')
    )
      return { status: 400, json: { error: { message: 'Bad upload' } } }
    return keep(raw, undefined)
  }

  function keep(raw: string, threadId: unknown): FakeReply {
    if (!/^(From|To):/m.test(raw))
      return { status: 400, json: { error: { message: 'Recipient address required' } } }
    sent.push({ raw, ...(typeof threadId === 'string' ? { threadId } : {}) })
    const id = `sent${sent.length}`
    return { json: { id, threadId: typeof threadId === 'string' ? threadId : id, labelIds: ['SENT'] } }
  }

  function makeLabel(body: Record<string, unknown> | undefined): FakeReply {
    const name = body?.name
    if (typeof name !== 'string' || labels.has(name))
      return {
        status: 409,
        json: { error: { code: 409, status: 'ABORTED', message: 'Label name exists or conflicts' } },
      }
    labels.set(name, `Label_${labels.size}`)
    return { json: { id: labels.get(name), name } }
  }

  function modify(message: Stored, body: Record<string, unknown> | undefined): FakeReply {
    const idsIn = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
    const known = new Set(labels.values())
    const unknown = [...idsIn(body?.addLabelIds), ...idsIn(body?.removeLabelIds)].find(
      (one) => !known.has(one),
    )
    if (unknown) return { status: 400, json: { error: { code: 400, message: `Invalid label: ${unknown}` } } }
    const kept = message.labelIds.filter((one) => !idsIn(body?.removeLabelIds).includes(one))
    message.labelIds = [...new Set([...kept, ...idsIn(body?.addLabelIds)])]
    return { json: { id: message.id, threadId: message.threadId, labelIds: message.labelIds } }
  }

  function attachment(id: string): FakeReply | null {
    const bytes = attachments.get(id)
    return bytes ? { json: { size: bytes.length, data: base64url(bytes) } } : null
  }

  return { answer, receive, sent, messages }
}

function get(message: Stored, format: string | null): FakeReply {
  if (format === 'full') return { json: message }
  if (format !== 'metadata') return { status: 400, json: { error: { message: 'Invalid format' } } }
  const { mimeType, headers } = message.payload
  return { json: { ...message, payload: { mimeType, headers } } }
}

/** A word of Gmail's search, of those that the tests use. */
function fitsWord({ labelIds, internalDate, payload }: Stored, word: string): boolean {
  const [name, value = ''] = word.split(/:(.*)/s)
  const header = (wanted: string) =>
    payload.headers?.find((one) => one.name === wanted)?.value.toLowerCase() ?? ''
  if (name === 'in' || name === 'is') return labelIds.includes(value.toUpperCase())
  if (name === 'after') return Number(internalDate) >= Number(value) * 1_000
  if (name === 'from') return header('From').includes(value.toLowerCase())
  if (name === 'subject') return header('Subject').includes(value.toLowerCase())
  throw new Error(`The fake Gmail does not know ${word}`)
}
