import { type FakeCall, type FakeReply, jsonOf, serveFake } from './fake.ts'

export const cloudflareFakeToken = 'fake-token_0123456789abcdefghij'
export const cloudflareZone = '023e105f4ecef8ad9ca31a8372d0c353'

interface DnsRow {
  id: string
  type: string
  name: string
  content: string
  ttl: number
  proxied: boolean
}

/** Cloudflare with one zone: strict about token, fields and content; answers always say `success`. */
export async function fakeCloudflare() {
  const records: DnsRow[] = []
  const purges: object[] = []

  function answer(call: FakeCall): FakeReply {
    if (call.headers.authorization !== `Bearer ${cloudflareFakeToken}`)
      return wrong(403, 10000, 'Authentication error')
    if (call.path === '/client/v4/user/tokens/verify') return right({ id: 't1', status: 'active' })
    const [, zone, what, id] =
      /^\/client\/v4\/zones\/(\w+)\/(dns_records|purge_cache)(?:\/(\w+))?$/.exec(call.path) ?? []
    if (zone !== cloudflareZone) return wrong(404, 7003, `Could not route to ${call.path}`)
    const body = jsonOf(call)
    if (what === 'purge_cache')
      return call.method === 'POST' ? purge(body) : wrong(405, 10405, 'Method not allowed')
    switch (call.method) {
      case 'GET':
        return list(call.query)
      case 'POST':
        return save(body, undefined)
      case 'PATCH':
        return save(body, id)
      case 'DELETE':
        return remove(id)
    }
    return wrong(405, 10405, 'Method not allowed')
  }

  function list(query: URLSearchParams): FakeReply {
    const strange = [...query.keys()].find(
      (key) => !['type', 'name.exact', 'name.contains', 'page', 'per_page'].includes(key),
    )
    if (strange) return wrong(400, 9207, `Unknown parameter ${strange}`)
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 100)]
    const [type, name, part] = [query.get('type'), query.get('name.exact'), query.get('name.contains')]
    const found = records.filter(
      (one) =>
        (!type || one.type === type) && (!name || one.name === name) && (!part || one.name.includes(part)),
    )
    const result = found.slice((page - 1) * size, page * size)
    return { json: { success: true, errors: [], result, result_info: { page, total_count: found.length } } }
  }

  function save(body: Record<string, unknown> | undefined, id: string | undefined): FakeReply {
    const { type, name, content, ttl, proxied = false, priority, ...rest } = body ?? {}
    if (Object.keys(rest).length > 0) return wrong(400, 9207, 'Unknown field')
    if (typeof type !== 'string' || typeof name !== 'string' || typeof content !== 'string')
      return wrong(400, 9000, 'DNS name is invalid.')
    if (type === 'A' && !/^\d+\.\d+\.\d+\.\d+$/.test(content))
      return wrong(400, 9005, 'Content for A record must be a valid IPv4 address.')
    if (proxied === true && !['A', 'AAAA', 'CNAME'].includes(type))
      return wrong(400, 9004, 'This cannot be proxied.')
    if (type === 'MX' && typeof priority !== 'number') return wrong(400, 9100, 'MX needs a priority.')
    const row = { type, name, content, ttl: Number(ttl ?? 1), proxied: proxied === true }
    const before = records.find((one) => one.id === id)
    if (before) return right(Object.assign(before, row))
    if (id) return wrong(404, 81044, 'Record does not exist.')
    const made = { id: `r${records.length + 1}`, ...row }
    records.push(made)
    return right(made)
  }

  function remove(id: string | undefined): FakeReply {
    const at = records.findIndex((one) => one.id === id)
    if (at < 0) return wrong(404, 81044, 'Record does not exist.')
    records.splice(at, 1)
    return right({ id })
  }

  function purge(body: Record<string, unknown> | undefined): FakeReply {
    const [only, ...more] = Object.entries(body ?? {})
    const known = ['files', 'hosts', 'tags', 'purge_everything']
    if (!body || !only || more.length > 0 || !known.includes(only[0]))
      return wrong(400, 1012, 'Request must contain one of')
    purges.push(body)
    return right({ id: cloudflareZone })
  }

  const fake = await serveFake(answer)
  return {
    ...fake,
    records,
    purges,
    services: [{ host: 'api.cloudflare.com', origin: fake.url }],
    connection: { kind: 'cloudflare.token', fields: { token: cloudflareFakeToken } },
  }
}

const right = (result: object): FakeReply => ({ json: { success: true, errors: [], messages: [], result } })
const wrong = (status: number, code: number, message: string): FakeReply => ({
  status,
  json: { success: false, errors: [{ code, message }], messages: [], result: null },
})
