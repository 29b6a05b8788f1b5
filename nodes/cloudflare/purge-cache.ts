import { defineNode, type JsonObject, objectIn, textIn, z } from '../kit/index.ts'
import { callCloudflare, Zone } from './call.ts'

const What = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('addresses'),
        urls: z
          .array(z.url({ protocol: /^https?$/ }).max(2_000))
          .min(1)
          .max(30)
          .meta({
            title: 'Addresses',
            description: 'Whole ones; 30 at most.',
            placeholder: 'https://example.com/a.css',
          }),
      })
      .meta({ title: 'Some addresses' }),
    z
      .object({
        kind: z.literal('hosts'),
        hosts: z
          .array(z.string().min(1).max(255))
          .min(1)
          .max(30)
          .meta({ title: 'Hosts', placeholder: 'shop.example.com' }),
      })
      .meta({ title: 'Some hosts' }),
    z
      .object({
        kind: z.literal('tags'),
        tags: z
          .array(z.string().min(1).max(1_024))
          .min(1)
          .max(30)
          .meta({ title: 'Tags', description: 'As your server names them in the header Cache-Tag.' }),
      })
      .meta({ title: 'Some tags' }),
    z.object({ kind: z.literal('everything') }).meta({ title: 'Everything' }),
  ])
  .meta({ title: 'What' })

export const cloudflarePurgeCache = defineNode({
  id: 'cloudflare.purge_cache',
  version: 1,
  title: 'Purge Cloudflare’s cache',
  summary: 'Makes Cloudflare fetch pages and files anew.',
  group: 'app',
  icon: 'cloud',
  line: 'Purge the cache',
  connection: { kinds: ['cloudflare.token'], required: true },
  effect: 'idempotent',
  destination: ['zone'],
  retry: { attempts: 4, delayMs: 2_000 },
  timeoutMs: 60_000,
  params: z.object({ zone: Zone, what: What }),
  output: z.object({ id: z.string().meta({ title: 'Id of the purge' }) }),
  async run({ params: { zone, what }, http }) {
    const path = `zones/${zone}/purge_cache`
    const said = await callCloudflare(http, { method: 'POST', path, body: bodyOf(what) })
    return { id: textIn(objectIn(said, 'result'), 'id') }
  },
  examples: [
    {
      title: 'After a page changed',
      params: {
        zone: '023e105f4ecef8ad9ca31a8372d0c353',
        what: { kind: 'addresses', urls: ['https://example.com/menu'] },
      },
      replies: {
        'POST https://api.cloudflare.com/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache': {
          status: 200,
          headers: {},
          body: { success: true, errors: [], result: { id: '023e105f4ecef8ad9ca31a8372d0c353' } },
        },
      },
      output: { id: '023e105f4ecef8ad9ca31a8372d0c353' },
    },
  ],
})

function bodyOf(what: z.output<typeof What>): JsonObject {
  switch (what.kind) {
    case 'addresses':
      return { files: what.urls }
    case 'hosts':
      return { hosts: what.hosts }
    case 'tags':
      return { tags: what.tags }
    case 'everything':
      return { purge_everything: true }
  }
  return what satisfies never
}
