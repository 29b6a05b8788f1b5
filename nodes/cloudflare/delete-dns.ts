import { defineNode, z } from '../kit/index.ts'
import { callCloudflare, findRecords, RecordName, types, Zone } from './call.ts'

export const cloudflareDeleteDns = defineNode({
  id: 'cloudflare.delete_dns',
  version: 1,
  title: 'Delete DNS records',
  summary: 'Deletes every record of a type and name; only those with one content when it is given.',
  group: 'app',
  icon: 'cloud',
  line: 'Delete {type} {name}',
  connection: { kinds: ['cloudflare.token'], required: true },
  effect: 'idempotent',
  destination: ['zone', 'name'],
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    zone: Zone,
    type: z.enum(types).default('A').meta({ title: 'Type' }),
    name: RecordName,
    content: z.string().max(4_000).default('').meta({
      title: 'Only with the content',
      description: 'Empty for all of them.',
      placeholder: '198.51.100.4',
    }),
  }),
  output: z.object({ deleted: z.number().meta({ title: 'Deleted', description: 'None is no failure.' }) }),
  async run({ params: { zone, type, name, content }, http }) {
    const found = await findRecords(http, { zone, type, name })
    const wanted = found.filter((one) => content === '' || one.content === content)
    for (const { id } of wanted)
      await callCloudflare(http, { method: 'DELETE', path: `zones/${zone}/dns_records/${id}` })
    return { deleted: wanted.length }
  },
  examples: [
    {
      title: 'A name that is no longer used',
      params: { zone: '023e105f4ecef8ad9ca31a8372d0c353', type: 'CNAME', name: 'old.example.com' },
      replies: {
        'GET https://api.cloudflare.com/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records?type=CNAME&name.exact=old.example.com&per_page=100':
          {
            status: 200,
            headers: {},
            body: { success: true, result: [{ id: 'r9', content: 'x.example.com' }] },
          },
        'DELETE https://api.cloudflare.com/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records/r9': {
          status: 200,
          headers: {},
          body: { success: true, result: { id: 'r9' } },
        },
      },
      output: { deleted: 1 },
    },
  ],
})
