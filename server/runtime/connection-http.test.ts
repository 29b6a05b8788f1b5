import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connections } from '#nodes/catalog.ts'
import { StepFailure } from '#nodes/kit/failure.ts'
import { createVault } from '#server/connections/vault.ts'
import { createEgress } from '#server/egress/client.ts'
import { newId } from '../db/id.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant } from '../test/factories.ts'
import { stepHttp } from './connection-http.ts'

const secret = 'CANARY-41c7e0/f+9'
const heard: { port: number; authorization?: string }[] = []
const ports: number[] = []

/** Repeats the headers it got; `/to/<port>` sends on to another server, `/fail` fails with the header in its text. */
const servers = [0, 1].map(() =>
  createServer((request, answer) => {
    const { authorization } = request.headers
    heard.push({ port: request.socket.localPort ?? 0, authorization })
    const [, to] = /^\/to\/(\d+)/.exec(request.url ?? '') ?? []
    if (to) return answer.writeHead(307, { location: `http://127.0.0.1:${to}/` }).end()
    const credential = authorization?.split(' ')[1] ?? ''
    answer.writeHead(request.url === '/fail' ? 500 : 200, {
      'content-type': 'application/json',
      'x-echo': authorization ?? '',
    })
    answer.end(JSON.stringify({ authorization, decoded: Buffer.from(credential, 'base64').toString() }))
  }),
)
const egress = createEgress({ allow: ['127.0.0.1'] })

beforeAll(async () => {
  for (const server of servers) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    ports.push((server.address() as AddressInfo).port)
  }
})
afterAll(async () => {
  await egress.close()
  for (const server of servers) server.close()
})

async function httpWith(kind: string, fields: Record<string, string>) {
  const databases = await testDatabases()
  const { tenant } = await aTenant()
  const vault = createVault(databases.secret)
  const id = newId()
  await databases.owner.query(
    `INSERT INTO connection (tenant_id, id, name, kind, hosts, sealed, updated_at)
     VALUES ($1, $2, 'One', $3, $4, $5, now())`,
    [tenant.id, id, kind, [`127.0.0.1:${ports[0]}`], vault.seal({ tenantId: tenant.id, id }, fields)],
  )
  const findConnection = (name: string) => connections.find((one) => one.id === name)
  const door = { pool: databases.engine, egress, vault, findConnection }
  const signal = AbortSignal.timeout(20_000)
  return stepHttp(door, { tenantId: tenant.id, connection: id, kinds: [kind], signal })
}

const kinds: [string, Record<string, string>, string][] = [
  ['http.bearer', { token: secret }, `Bearer ${secret}`],
  [
    'http.basic',
    { user: 'ada', password: secret },
    `Basic ${Buffer.from(`ada:${secret}`).toString('base64')}`,
  ],
]

describe.each(kinds)('%s', (kind, fields, sent) => {
  test('is sent, and does not come back from a server that repeats it', async () => {
    const http = await httpWith(kind, fields)
    const reply = await http({ url: `http://127.0.0.1:${ports[0]}/` })
    expect(heard.at(-1)?.authorization).toBe(sent)
    const written = JSON.stringify(reply)
    expect(written).toContain('[hidden]')
    expect(written).not.toContain(secret)
    expect(written).not.toContain(sent.split(' ')[1])
  })

  test('is in no failure', async () => {
    const http = await httpWith(kind, fields)
    const error = await http({ url: `http://127.0.0.1:${ports[0]}/fail` }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StepFailure)
    expect(JSON.stringify(error)).not.toContain(secret)
    expect(JSON.stringify(error)).not.toContain(sent.split(' ')[1])
  })

  test('stays behind when a redirect leaves its origin, for good', async () => {
    const http = await httpWith(kind, fields)
    heard.length = 0
    await http({ url: `http://127.0.0.1:${ports[0]}/to/${ports[1]}` })
    expect(heard).toEqual([
      { port: ports[0], authorization: sent },
      { port: ports[1], authorization: undefined },
    ])
  })
})

test('is not opened for another host', async () => {
  const http = await httpWith('http.bearer', { token: secret })
  heard.length = 0
  await expect(http({ url: `http://127.0.0.1:${ports[1]}/` })).rejects.toMatchObject({
    failure: { code: 'connection_host_denied' },
  })
  expect(heard).toEqual([])
})
