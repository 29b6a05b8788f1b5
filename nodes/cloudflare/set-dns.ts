import { defineNode, fail, objectIn, z } from '../kit/index.ts'
import { callCloudflare, DnsRecord, dnsRecord, findRecords, RecordName, Zone } from './call.ts'

const types = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'NS'] as const

export const cloudflareSetDns = defineNode({
  id: 'cloudflare.set_dns',
  version: 1,
  title: 'Set a DNS record',
  summary: 'Makes the record, or changes the one of the same type and name.',
  group: 'app',
  icon: 'cloud',
  line: '{type} {name} → {content}',
  connection: { kinds: ['cloudflare.token'], required: true },
  effect: 'idempotent',
  destination: ['zone', 'name', 'content'],
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    zone: Zone,
    type: z.enum(types).default('A').meta({ title: 'Type' }),
    name: RecordName,
    content: z.string().min(1).max(4_000).meta({
      title: 'Content',
      description: 'An address, a name or a text, as the type wants it.',
      placeholder: '198.51.100.4',
    }),
    ttl: z.number().int().min(1).max(86_400).default(1).meta({
      title: 'Seconds it is kept',
      description: '1: Cloudflare decides.',
    }),
    proxied: z.boolean().default(false).meta({
      title: 'Through Cloudflare',
      description: 'For A, AAAA and CNAME: visitors reach Cloudflare, and it your server.',
    }),
    priority: z.number().int().min(0).max(65_535).default(10).meta({
      title: 'Priority',
      description: 'For MX: the least is tried first.',
    }),
  }),
  output: DnsRecord.extend({ created: z.boolean().meta({ title: 'Is new' }) }),
  async run({ params, http }) {
    const { zone, type, name, content, ttl } = params
    const before = await findRecords(http, { zone, type, name })
    if (before.length > 1)
      throw fail(
        'several_records',
        `There are ${before.length} ${type} records called ${name}, so which one to change is not clear. Delete those that are too many first.`,
      )
    const body = {
      ...{ type, name, content, ttl },
      ...(['A', 'AAAA', 'CNAME'].includes(type) ? { proxied: params.proxied } : {}),
      ...(type === 'MX' ? { priority: params.priority } : {}),
    }
    const path = `zones/${zone}/dns_records`
    const [one] = before
    const said = one
      ? await callCloudflare(http, { method: 'PATCH', path: `${path}/${one.id}`, body })
      : await callCloudflare(http, { method: 'POST', path, body })
    return { ...dnsRecord(objectIn(said, 'result') ?? {}), created: one === undefined }
  },
  examples: [
    {
      title: 'A new name',
      params: { zone: '023e105f4ecef8ad9ca31a8372d0c353', name: 'shop.example.com', content: '198.51.100.4' },
      replies: {
        'GET https://api.cloudflare.com/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records?type=A&name.exact=shop.example.com&per_page=100':
          { status: 200, headers: {}, body: { success: true, result: [] } },
        'POST https://api.cloudflare.com/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records': {
          status: 200,
          headers: {},
          body: {
            success: true,
            result: {
              id: 'r1',
              type: 'A',
              name: 'shop.example.com',
              content: '198.51.100.4',
              ttl: 1,
              proxied: false,
            },
          },
        },
      },
      output: {
        id: 'r1',
        type: 'A',
        name: 'shop.example.com',
        content: '198.51.100.4',
        ttl: 1,
        proxied: false,
        created: true,
      },
    },
  ],
})
