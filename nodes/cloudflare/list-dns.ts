import { defineNode, objectIn, objectsIn, z } from '../kit/index.ts'
import { callCloudflare, DnsRecord, dnsRecord, types, Zone } from './call.ts'

const PER_PAGE = 100

export const cloudflareListDns = defineNode({
  id: 'cloudflare.list_dns',
  version: 1,
  title: 'List DNS records',
  summary: 'Reads the DNS records of a zone at Cloudflare.',
  group: 'app',
  icon: 'cloud',
  line: 'DNS records {search}',
  connection: { kinds: ['cloudflare.token'], required: true },
  effect: 'read',
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    zone: Zone,
    type: z
      .enum(['any', ...types])
      .default('any')
      .meta({ title: 'Type', options: { any: 'Any' } }),
    search: z.string().max(255).default('').meta({
      title: 'Name contains',
      placeholder: 'shop',
    }),
    most: z.number().int().min(1).max(5_000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({
    records: z.array(DnsRecord).meta({ title: 'Records' }),
    total: z.number().meta({ title: 'Total', description: 'How many there are, also beyond those given.' }),
  }),
  async run({ params: { zone, type, search, most }, http }) {
    const records: z.infer<typeof DnsRecord>[] = []
    let total = 0
    for (let page = 1; records.length < most; page += 1) {
      const query = {
        page: String(page),
        per_page: String(PER_PAGE),
        ...(type === 'any' ? {} : { type }),
        ...(search === '' ? {} : { 'name.contains': search }),
      }
      const said = await callCloudflare(http, { path: `zones/${zone}/dns_records`, query })
      const found = objectsIn(said, 'result').map(dnsRecord)
      records.push(...found)
      const info = objectIn(said, 'result_info')
      total = typeof info?.total_count === 'number' ? info.total_count : records.length
      if (found.length < PER_PAGE || records.length >= total) break
    }
    return { records: records.slice(0, most), total }
  },
  examples: [
    {
      title: 'All of a zone',
      params: { zone: '023e105f4ecef8ad9ca31a8372d0c353' },
      replies: {
        'GET https://api.cloudflare.com/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records?page=1&per_page=100':
          {
            status: 200,
            headers: {},
            body: {
              success: true,
              result: [
                {
                  id: 'r1',
                  type: 'A',
                  name: 'shop.example.com',
                  content: '198.51.100.4',
                  ttl: 1,
                  proxied: true,
                },
              ],
              result_info: { page: 1, total_count: 1 },
            },
          },
      },
      output: {
        records: [
          { id: 'r1', type: 'A', name: 'shop.example.com', content: '198.51.100.4', ttl: 1, proxied: true },
        ],
        total: 1,
      },
    },
  ],
})
