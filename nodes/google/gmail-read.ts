import { defineNode, FileRef, type Files, type Http, z } from '../kit/index.ts'
import { callGoogle, gmailUrl } from './call.ts'
import { type Attachment, bytesOf, Message, messageOf } from './message.ts'

const MOST_BYTES = 25 * 1024 * 1024

export const gmailRead = defineNode({
  id: 'gmail.read',
  version: 1,
  title: 'Read a Gmail message',
  summary: 'Gets the whole text of a message, and its attachments if you want them.',
  group: 'app',
  icon: 'mail-open',
  line: 'Read message {id}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'read',
  retry: { attempts: 3, delayMs: 2_000 },
  timeoutMs: 120_000,
  params: z.object({
    id: z.string().min(1).max(100).meta({ title: 'Message ID' }),
    files: z.boolean().default(false).meta({
      title: 'Keep the attachments',
      description: 'They become files that later steps can send on. 25 MB at most.',
    }),
  }),
  output: Message.extend({ files: z.array(FileRef).meta({ title: 'Files' }) }),
  async run({ params, http, files }) {
    const url = `${gmailUrl}/messages/${encodeURIComponent(params.id)}?format=full`
    const message = messageOf(await callGoogle(http, { url }))
    if (!params.files) return { ...message, files: [] }
    return { ...message, files: await kept({ http, files, id: params.id }, message.attachments) }
  },
  examples: [
    {
      title: 'A plain message',
      params: { id: '18f1' },
      replies: {
        'GET https://gmail.googleapis.com/gmail/v1/users/me/messages/18f1?format=full': {
          status: 200,
          headers: {},
          body: {
            id: '18f1',
            threadId: '18f1',
            labelIds: ['INBOX'],
            snippet: 'Hello',
            internalDate: '1767225600000',
            payload: {
              mimeType: 'text/plain',
              headers: [
                { name: 'From', value: 'ada@example.com' },
                { name: 'To', value: 'shop@example.com' },
                { name: 'Subject', value: 'Hi' },
              ],
              body: { size: 5, data: 'SGVsbG8' },
            },
          },
        },
      },
      output: {
        id: '18f1',
        threadId: '18f1',
        from: 'ada@example.com',
        to: 'shop@example.com',
        subject: 'Hi',
        snippet: 'Hello',
        date: '2026-01-01T00:00:00.000Z',
        labels: ['INBOX'],
        cc: '',
        text: 'Hello',
        html: '',
        attachments: [],
        files: [],
      },
    },
  ],
})

async function kept(
  { http, files, id }: { http: Http; files: Files; id: string },
  attachments: readonly z.output<typeof Attachment>[],
): Promise<FileRef[]> {
  const refs: FileRef[] = []
  let size = 0
  for (const attachment of attachments) {
    size += attachment.size
    if (size > MOST_BYTES) break
    const place = `${gmailUrl}/messages/${encodeURIComponent(id)}/attachments/${encodeURIComponent(attachment.id)}`
    const { data } = await callGoogle(http, { url: place })
    const bytes = bytesOf(typeof data === 'string' ? data : '')
    refs.push(await files.write({ name: attachment.name, type: attachment.type, bytes }))
  }
  return refs
}
