import { fail, type Http, isJsonObject, type JsonObject, objectsIn, textIn, z } from '../kit/index.ts'

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/client/v4/`. */
  path: string
  query?: Record<string, string>
  body?: JsonObject
}

/** One request of Cloudflare's API, whose answers say `success` and, where it is false, list `errors`. */
export async function callCloudflare(
  http: Http,
  { method = 'GET', path, query, body }: Call,
): Promise<JsonObject> {
  const reply = await http({
    method,
    url: `https://api.cloudflare.com/client/v4/${path}`,
    ...(query ? { query } : {}),
    ...(body ? { body } : {}),
  })
  const said = isJsonObject(reply.body) ? reply.body : {}
  if (said.success === true) return said
  const [first] = objectsIn(said, 'errors')
  const message = textIn(first, 'message') || `Cloudflare answered with status ${reply.status}`
  throw fail(typeof first?.code === 'number' ? `cloudflare_${first.code}` : `http_${reply.status}`, message)
}

export const Zone = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'A zone has 32 digits and letters a to f')
  .meta({
    title: 'Zone ID',
    description: 'On the overview page of the domain at Cloudflare.',
    placeholder: '023e105f4ecef8ad9ca31a8372d0c353',
  })

export const types = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'NS', 'CAA', 'SRV'] as const

export const RecordName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\w*@.-]+$/, 'A whole name, such as shop.example.com')
  .meta({ title: 'Name', description: 'The whole name.', placeholder: 'shop.example.com' })

export const DnsRecord = z.object({
  id: z.string().meta({ title: 'Id' }),
  type: z.string().meta({ title: 'Type' }),
  name: z.string().meta({ title: 'Name' }),
  content: z.string().meta({ title: 'Content' }),
  ttl: z.number().meta({ title: 'Seconds it is kept', description: '1: Cloudflare decides.' }),
  proxied: z.boolean().meta({ title: 'Through Cloudflare' }),
})

export function dnsRecord(said: JsonObject): z.infer<typeof DnsRecord> {
  return {
    id: textIn(said, 'id'),
    type: textIn(said, 'type'),
    name: textIn(said, 'name'),
    content: textIn(said, 'content'),
    ttl: typeof said.ttl === 'number' ? said.ttl : 1,
    proxied: said.proxied === true,
  }
}

/** All records of this type and name; there are rarely more than a few. */
export async function findRecords(
  http: Http,
  { zone, type, name }: { zone: string; type: string; name: string },
) {
  const said = await callCloudflare(http, {
    path: `zones/${zone}/dns_records`,
    query: { type, 'name.exact': name, per_page: '100' },
  })
  return objectsIn(said, 'result').map(dnsRecord)
}
