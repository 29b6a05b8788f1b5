import { isObject, textIn } from '../people/api.ts'
import { type Conversation, type Entry, newConversation } from './conversation.ts'

const MOST_ENTRIES = 200

/** The conversation of this tab, where it was left. */
export function kept(name: string): Conversation {
  return read(stored(name)) ?? newConversation(crypto.randomUUID())
}

export function keep(name: string, { conversation, entries, pending }: Conversation) {
  try {
    const newest = entries.slice(-MOST_ENTRIES)
    sessionStorage.setItem(`trama.chat.${name}`, JSON.stringify({ conversation, entries: newest, pending }))
  } catch {
    // The chat then lasts as long as the page.
  }
}

function stored(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(`trama.chat.${name}`) ?? 'null')
  } catch {
    return null
  }
}

/** Kept by an older version of this page, perhaps: what does not fit is left out. */
function read(value: unknown): Conversation | null {
  const conversation = textIn(value, 'conversation')
  if (!isObject(value) || conversation === '' || !Array.isArray(value.entries)) return null
  const entries = value.entries.flatMap(readEntry)
  const { pending } = value
  const run = isObject(pending) ? textIn(pending.ticket, 'run') : ''
  const token = isObject(pending) ? textIn(pending.ticket, 'token') : ''
  const id = textIn(pending, 'id')
  if (run === '') return { conversation, entries: id ? notSent(entries, id) : entries, pending: null }
  // Its text comes again with the stream.
  return { conversation, entries, pending: { id, ticket: { run, token }, text: '', waitsFor: 'workflow' } }
}

/** The page was left while the message was on its way: nobody knows whether it arrived. */
const notSent = (entries: Entry[], id: string): Entry[] =>
  entries.map((entry) =>
    entry.from === 'visitor' && entry.id === id ? { ...entry, trouble: 'not_sent' } : entry,
  )

function readEntry(value: unknown): Entry[] {
  if (!isObject(value)) return []
  const [id, text] = [textIn(value, 'id'), textIn(value, 'text')]
  if (id === '') return []
  if (value.from === 'page') return [{ from: 'page', id, text, ...(value.failed ? { failed: true } : {}) }]
  const trouble = (['not_sent', 'too_many', 'closed'] as const).find((one) => one === value.trouble)
  return [{ from: 'visitor', id, text, ...(trouble ? { trouble } : {}) }]
}
