/** What stands in a chat, oldest first. */
export type Entry =
  | { from: 'visitor'; id: string; text: string; trouble?: Trouble }
  | { from: 'page'; id: string; text: string; failed?: true }

/** Why a message was not sent. */
export type Trouble = 'not_sent' | 'too_many' | 'closed'

/** An answer that is on its way. */
export interface Pending {
  /** Of the visitor's message. */
  id: string
  /** What opens the answer; null while the message is being sent. */
  ticket: { run: string; token: string } | null
  text: string
  waitsFor: 'workflow' | 'person'
}

export interface Conversation {
  conversation: string
  entries: readonly Entry[]
  pending: Pending | null
}

export type Change =
  | { type: 'said'; id: string; text: string }
  | { type: 'accepted'; ticket: { run: string; token: string } }
  | { type: 'refused'; trouble: Trouble }
  | { type: 'wrote'; text: string }
  | { type: 'forgot' }
  | { type: 'waits'; waitsFor: Pending['waitsFor'] }
  | { type: 'answered'; text: string }
  | { type: 'failed' }
  | { type: 'cleared'; conversation: string }

export const newConversation = (conversation: string): Conversation => ({
  conversation,
  entries: [],
  pending: null,
})

/** The chat after something happened. A message said again stands where it was first said. */
export function change(now: Conversation, what: Change): Conversation {
  const { entries, pending } = now
  switch (what.type) {
    case 'said': {
      const { id, text } = what
      const others = entries.filter((entry) => entry.id !== id && !isFailure(entry))
      return {
        ...now,
        entries: [...others, { from: 'visitor', id, text }],
        pending: { id, ticket: null, text: '', waitsFor: 'workflow' },
      }
    }
    case 'accepted':
      return pending ? { ...now, pending: { ...pending, ticket: what.ticket } } : now
    case 'refused':
      return {
        ...now,
        entries: entries.map((entry) =>
          entry.from === 'visitor' && entry.id === pending?.id ? { ...entry, trouble: what.trouble } : entry,
        ),
        pending: null,
      }
    case 'wrote':
      return pending ? { ...now, pending: { ...pending, text: pending.text + what.text } } : now
    case 'forgot':
      return pending ? { ...now, pending: { ...pending, text: '' } } : now
    case 'waits':
      return pending ? { ...now, pending: { ...pending, waitsFor: what.waitsFor } } : now
    case 'answered':
      return pending ? ended(now, { from: 'page', id: `${pending.id} answer`, text: what.text }) : now
    case 'failed':
      return pending
        ? ended(now, { from: 'page', id: `${pending.id} answer`, text: pending.text, failed: true })
        : now
    case 'cleared':
      return newConversation(what.conversation)
  }
  return what satisfies never
}

const isFailure = (entry: Entry) => entry.from === 'page' && entry.failed === true

const ended = (now: Conversation, entry: Entry): Conversation => ({
  ...now,
  entries: [...now.entries, entry],
  pending: null,
})

/** The visitor's last message, to say again. */
export function lastSaid({ entries }: Conversation): { id: string; text: string } | null {
  for (const entry of entries.toReversed()) if (entry.from === 'visitor') return entry
  return null
}
