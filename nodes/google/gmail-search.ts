import { defineNode, z } from '../kit/index.ts'
import { idsOf, messagesOf } from './gmail-list.ts'
import { Summary, summaryOf } from './message.ts'

export const gmailSearch = defineNode({
  id: 'gmail.search',
  version: 1,
  title: 'Search Gmail',
  summary: 'Finds messages the way Gmail’s own search does.',
  group: 'app',
  icon: 'mail-search',
  line: 'Search mail: {query}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'read',
  retry: { attempts: 3, delayMs: 2_000 },
  params: z.object({
    query: z.string().max(2_000).default('').meta({
      title: 'Search',
      description: 'As in Gmail: from:ada@example.com is:unread newer_than:7d.',
      placeholder: 'is:unread subject:invoice',
    }),
    most: z.int().min(1).max(100).default(20).meta({ title: 'At most' }),
  }),
  output: z.object({
    messages: z.array(Summary).meta({ title: 'Messages', description: 'The newest first.' }),
  }),
  async run({ params, http }) {
    const ids = await idsOf(http, { q: params.query, most: params.most })
    const messages = await messagesOf(http, { ids, format: 'metadata' })
    return { messages: messages.map(summaryOf) }
  },
  examples: [
    {
      title: 'Unread invoices',
      params: { query: 'is:unread subject:invoice', most: 1 },
      replies: {
        'GET https://gmail.googleapis.com/gmail/v1/users/me/messages?q=is%3Aunread+subject%3Ainvoice&maxResults=1':
          { status: 200, headers: {}, body: { messages: [{ id: '18f1', threadId: '18f1' }] } },
        'GET https://gmail.googleapis.com/gmail/v1/users/me/messages/18f1?format=metadata': {
          status: 200,
          headers: {},
          body: {
            id: '18f1',
            threadId: '18f1',
            labelIds: ['INBOX', 'UNREAD'],
            snippet: 'Please find attached',
            internalDate: '1767225600000',
            payload: {
              headers: [
                { name: 'From', value: 'Ada <ada@example.com>' },
                { name: 'To', value: 'shop@example.com' },
                { name: 'Subject', value: 'Invoice 7' },
              ],
            },
          },
        },
      },
      output: {
        messages: [
          {
            id: '18f1',
            threadId: '18f1',
            from: 'Ada <ada@example.com>',
            to: 'shop@example.com',
            subject: 'Invoice 7',
            snippet: 'Please find attached',
            date: '2026-01-01T00:00:00.000Z',
            labels: ['INBOX', 'UNREAD'],
          },
        ],
      },
    },
  ],
})
