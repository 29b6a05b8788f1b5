import { defineTrigger, type Json, z } from '../kit/index.ts'
import { idsOf, messagesOf } from './gmail-list.ts'
import { Message, messageOf, receivedMs } from './message.ts'

/** Where it stands: the newest moment it saw, and what it saw around then. */
const Cursor = z.object({ atMs: z.number(), seen: z.array(z.string()) })

/** Messages may turn up in a search a little after they came. */
const OVERLAP_MS = 5 * 60 * 1_000
const MOST = 50
const MOST_SEEN = 500

export const gmailNewMail = defineTrigger({
  id: 'gmail.new_mail',
  version: 1,
  title: 'New mail in Gmail',
  summary: 'Starts for each message that comes into a Google account.',
  group: 'trigger',
  icon: 'mail-plus',
  line: 'When mail comes {query}',
  starts: 'poll',
  connection: { kinds: ['google.oauth'], required: true },
  params: z.object({
    query: z.string().max(2_000).default('in:inbox').meta({
      title: 'Only what fits',
      description: 'As in Gmail’s search: from:ada@example.com has:attachment.',
      static: true,
    }),
    everyMinutes: z
      .int()
      .min(1)
      .max(1_440)
      .default(5)
      .meta({ title: 'Look every', description: 'Minutes.', static: true }),
  }),
  output: Message,
  async poll({ params, http, cursor, nowMs }) {
    const before = Cursor.safeParse(cursor)
    const { atMs, seen } = before.success ? before.data : { atMs: nowMs, seen: [] }
    const after = Math.floor((atMs - OVERLAP_MS) / 1_000)
    const ids = await idsOf(http, { q: `${params.query} after:${after}`.trim(), most: MOST_SEEN })
    // The first look starts nothing: what is there already is old.
    if (!before.success) return { cursor: { atMs, seen: ids }, found: [] }
    // The oldest first, and no more than a poll's worth: the rest is still there next time.
    const fresh = ids.filter((id) => !seen.includes(id)).reverse()
    const messages = await messagesOf(http, { ids: fresh.slice(0, MOST), format: 'full' })
    const isNew = messages.filter((message) => receivedMs(message) > atMs - OVERLAP_MS)
    const found = isNew.map((message): { key: string; output: Json } => {
      const output = messageOf(message)
      return { key: output.id, output }
    })
    const done = fresh.length <= MOST
    const newest = Math.max(atMs, ...(done ? isNew.map(receivedMs) : []))
    const remembered = [...seen.filter((id) => ids.includes(id)), ...fresh.slice(0, MOST)]
    return { cursor: { atMs: newest, seen: remembered.slice(-MOST_SEEN) }, found }
  },
  examples: [
    {
      title: 'A message of a customer',
      params: { query: 'in:inbox' },
      output: {
        id: '18f1',
        threadId: '18f1',
        from: 'Ada <ada@example.com>',
        to: 'shop@example.com',
        cc: '',
        subject: 'Where is my order?',
        snippet: 'I ordered last week',
        date: '2026-01-01T00:00:00.000Z',
        labels: ['INBOX', 'UNREAD'],
        text: 'I ordered last week',
        html: '',
        attachments: [],
      },
    },
  ],
})
