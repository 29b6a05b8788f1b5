import { defineNode, fail, type Http, isJsonObject, z } from '../kit/index.ts'
import { callGoogle, gmailUrl } from './call.ts'

const Labels = z.array(z.string().min(1).max(200)).max(50).default([])

export const gmailLabel = defineNode({
  id: 'gmail.label',
  version: 1,
  title: 'Label a Gmail message',
  summary:
    'Puts labels on a message and takes others off: read is UNREAD taken off, archived is INBOX taken off.',
  group: 'app',
  icon: 'tag',
  line: 'Label message {id}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'idempotent',
  retry: { attempts: 3, delayMs: 2_000 },
  params: z.object({
    id: z.string().min(1).max(100).meta({ title: 'Message ID' }),
    add: Labels.meta({ title: 'Put on', description: 'By name. A label that is not there is made.' }),
    remove: Labels.meta({ title: 'Take off', description: 'By name.' }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'ID' }),
    labels: z.array(z.string()).meta({ title: 'Label IDs', description: 'All that it has now.' }),
  }),
  async run({ params, http }) {
    if (params.add.length + params.remove.length === 0)
      throw fail('invalid_params', 'Name a label to put on or to take off.')
    const known = await labelsOf(http)
    const addLabelIds: string[] = []
    for (const name of params.add) addLabelIds.push(known.get(name.toLowerCase()) ?? (await made(http, name)))
    const removeLabelIds = params.remove.flatMap((name) => known.get(name.toLowerCase()) ?? [])
    const reply = await callGoogle(http, {
      method: 'POST',
      url: `${gmailUrl}/messages/${encodeURIComponent(params.id)}/modify`,
      body: { addLabelIds, removeLabelIds },
    })
    const labels = Array.isArray(reply.labelIds) ? reply.labelIds.map(String) : []
    return { id: String(reply.id), labels }
  },
  examples: [
    {
      title: 'Mark as read and done',
      params: { id: '18f1', add: ['Done'], remove: ['UNREAD'] },
      replies: {
        'GET https://gmail.googleapis.com/gmail/v1/users/me/labels': {
          status: 200,
          headers: {},
          body: {
            labels: [
              { id: 'UNREAD', name: 'UNREAD' },
              { id: 'Label_1', name: 'Done' },
            ],
          },
        },
        'POST https://gmail.googleapis.com/gmail/v1/users/me/messages/18f1/modify': {
          status: 200,
          headers: {},
          body: { id: '18f1', labelIds: ['INBOX', 'Label_1'] },
        },
      },
      output: { id: '18f1', labels: ['INBOX', 'Label_1'] },
    },
  ],
})

/** Ids by name in small letters: Gmail takes two names that differ in case for the same. */
async function labelsOf(http: Http): Promise<Map<string, string>> {
  const { labels } = await callGoogle(http, { url: `${gmailUrl}/labels` })
  return new Map(
    (Array.isArray(labels) ? labels : []).flatMap((label): [string, string][] =>
      isJsonObject(label) ? [[String(label.name).toLowerCase(), String(label.id)]] : [],
    ),
  )
}

async function made(http: Http, name: string): Promise<string> {
  const { id } = await callGoogle(http, { method: 'POST', url: `${gmailUrl}/labels`, body: { name } })
  return String(id)
}
