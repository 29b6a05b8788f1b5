import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#nodes/kit/json.ts'
import { certificate, certificateKey } from '../egress/test-certificate.ts'
import { failureOf } from '../test/call-node.ts'
import { testDatabases } from '../test/databases.ts'
import { type FakeGoogle, fakeGoogle, googleHosts } from '../test/fakes/google.ts'
import { oauthClient } from '../test/fakes/oauth.ts'
import { type FakeSmtp, fakeSmtp } from '../test/fakes/smtp.ts'
import { type FakeSupabase, fakeSupabase, supabaseFakeKey } from '../test/fakes/supabase.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'
import { aConnection, aDoor, runWith } from './test-connection.ts'
import { tryConnection } from './try-connection.ts'

describe('Google', () => {
  let google: FakeGoogle
  let door: ConnectionDoor
  let which: Which
  const id = '1AbCdEfGhIjKlMnOp'
  beforeAll(async () => {
    google = await fakeGoogle({ redirectUris: [] })
    door = await aDoor(googleHosts.map((host) => ({ host, origin: google.url })))
    const fields = { clientId: oauthClient.id, clientSecret: oauthClient.secret, access: 'gmail_sheets' }
    const tokens = { accessToken: 'run-out', refreshToken: google.provider.grant(), expiresAtMs: 0 }
    which = await aConnection({ kind: 'google.oauth', fields, tokens })
  })
  afterAll(() => google.close())
  const run = (type: string, params: Json) => runWith(door, { which, type, params })

  test('says whose account it is', async () => {
    expect(await tryConnection(door, which)).toBe('shop@example.com')
  })

  test('a message is sent with its blind copies, and an answer joins its thread', async () => {
    const id = google.mail.receive({ from: 'ada@example.com', subject: 'Where?', text: 'Hello', atMs: 1e12 })
    const body = { kind: 'text', text: 'Olá, Ada' }
    await run('gmail.send', { to: ['Ada <ada@example.com>'], bcc: ['eve@example.com'], subject: 'Olá', body })
    await run('gmail.send', { to: ['ada@example.com'], answers: id, body })
    const [first, answer] = google.mail.sent
    expect(first?.raw).toMatch(/^From: shop@example.com\r$/m)
    expect(first?.raw).toMatch(/^Bcc: eve@example.com\r$/m)
    expect(first?.raw).toMatch(/^Subject: =\?UTF-8\?/m)
    expect(answer).toMatchObject({ threadId: id })
    expect(answer?.raw).toMatch(/^Subject: Re: Where\?\r$/m)
    expect(answer?.raw).toMatch(new RegExp(`^In-Reply-To: <${id}@mail.example.com>\r$`, 'm'))
  })

  test('messages are found, read and labelled', async () => {
    const id = google.mail.receive({ from: 'bo@example.com', subject: 'Invoice', text: 'Pay me', atMs: 1e12 })
    expect(await run('gmail.search', { query: 'from:bo@example.com' })).toMatchObject({
      messages: [{ id, subject: 'Invoice', from: 'bo@example.com' }],
    })
    expect(await run('gmail.read', { id })).toMatchObject({ text: 'Pay me', attachments: [] })
    const labelled = { labels: ['INBOX', 'Label_3'] }
    expect(await run('gmail.label', { id, add: ['Paid'], remove: ['unread'] })).toMatchObject(labelled)
    expect(await failureOf(run('gmail.read', { id: '18fff' }))).toMatchObject({ code: 'google_not_found' })
  })

  test('rows of a sheet are read, added, changed and written', async () => {
    google.sheets.make(id, { "Ada's": [['sku', 'stock', ''], ['mug', 3], ['cup']] })
    const place = { spreadsheet: `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`, sheet: "Ada's" }
    await run('sheets.append', { ...place, rows: [{ stock: 5, sku: 'pot' }] })
    expect(
      await run('sheets.upsert', { ...place, key: 'sku', rows: [{ sku: 'cup', stock: 1 }, { sku: 'jar' }] }),
    ).toEqual({ changed: 1, added: 1 })
    await run('sheets.update', { ...place, range: 'B2', cells: 2 })
    expect(await run('sheets.read', place)).toEqual({
      rows: [
        { sku: 'mug', stock: 2 },
        { sku: 'cup', stock: 1 },
        { sku: 'pot', stock: 5 },
        { sku: 'jar', stock: null },
      ],
      columns: ['sku', 'stock'],
      more: false,
    })
    const unknown = failureOf(run('sheets.append', { ...place, rows: { colour: 'red' } }))
    expect(await unknown).toMatchObject({ code: 'unknown_column' })
  })

  test('an empty sheet gets its first row from what is added', async () => {
    google.sheets.make(id, { New: [] })
    await run('sheets.append', { spreadsheet: id, sheet: 'New', rows: [{ a: 1, b: 2 }] })
    expect(google.sheets.books.get(id)?.get('New')).toEqual([
      ['a', 'b'],
      [1, 2],
    ])
  })

  test('a name of a sheet cannot lead to another range', async () => {
    google.sheets.make(id, { Open: [['a']], Secret: [['key'], ['CANARY']] })
    const failed = failureOf(run('sheets.read', { spreadsheet: id, sheet: "Open'!A1:B2,'Secret" }))
    expect(await failed).toMatchObject({ code: 'google_invalid_argument' })
  })
})

describe('Supabase', () => {
  let supabase: FakeSupabase
  let door: ConnectionDoor
  let which: Which
  beforeAll(async () => {
    const columns = ['id', 'product', 'state']
    supabase = await fakeSupabase({ orders: { columns, rows: [] } })
    door = await aDoor()
    which = await aConnection({
      kind: 'supabase.key',
      fields: { url: `${supabase.url}/`, key: supabaseFakeKey },
    })
  })
  afterAll(() => supabase.close())
  const run = (name: string, params: Json) => runWith(door, { which, type: `supabase.${name}`, params })
  const where = (column: string, value: Json, op = 'eq') => ({ filters: [{ column, op, value }] })

  test('answers whether its key is good', async () => {
    expect(await tryConnection(door, which)).toBe(new URL(supabase.url).host)
  })

  test('rows are added, found, changed and deleted', async () => {
    const table = 'orders'
    await run('insert', { table, rows: [{ product: 'mug' }, { product: 'a,"b)', state: 'paid' }] })
    const found = await run('select', {
      table,
      ...where('product', ['a,"b)', 'x'], 'in'),
      columns: ['id', 'state'],
    })
    expect(found).toEqual({ rows: [{ id: 2, state: 'paid' }], count: 1 })
    await run('update', { table, ...where('id', 1), values: { state: 'sent' } })
    await run('upsert', { table, rows: { id: 1, product: 'cup' }, sameBy: ['id'] })
    const all = await run('select', { table, order: [{ column: 'id', down: true }], most: 1 })
    expect(all).toMatchObject({ rows: [{ id: 2 }], count: 2 })
    await run('delete', { table, ...where('state', 'paid') })
    expect(supabase.tables.get(table)?.rows).toEqual([{ id: 1, product: 'cup', state: 'sent' }])
    expect(await run('call', { name: 'add', args: { a: 2, b: 3 } })).toEqual({ result: 5 })
  })

  test.each<[string, Json]>([
    ['delete', { table: 'orders', filters: [] }],
    ['select', { table: 'orders?select=secret' }],
    ['select', { table: 'orders', ...where('or', 'x') }],
    ['select', { table: 'orders', columns: ['*,secret(*)'] }],
  ])('%s does not take %j', async (name, params) => {
    await expect(run(name, params)).rejects.toThrow()
  })

  test('a table that is not there', async () => {
    expect(await failureOf(run('select', { table: 'nowhere' }))).toMatchObject({ code: 'supabase_pgrst205' })
  })
})

describe('mail servers', () => {
  let servers: FakeSmtp[]
  let door: ConnectionDoor
  const login = { user: 'shop', password: 'CANARY-password' }
  beforeAll(async () => {
    const safe = { key: certificateKey, cert: certificate }
    servers = await Promise.all([
      fakeSmtp({ ...login, unknown: ['no@example.com'] }),
      fakeSmtp({ ...login, tls: safe }),
    ])
    door = await aDoor()
  })
  afterAll(() => Promise.all(servers.map((server) => server.close())))
  const smtp = (at: number, fields: JsonObject = {}) =>
    aConnection({
      kind: 'email.smtp',
      fields: { host: '127.0.0.1', port: String(servers[at]?.port), security: 'none', ...login, ...fields },
    })
  const send = async (which: Which, params: JsonObject = {}) =>
    runWith(door, {
      which,
      type: 'email.send',
      params: {
        ...{
          from: 'Shop <shop@example.com>',
          to: ['ada@example.com'],
          bcc: ['eve@example.com'],
          subject: 'Olá',
        },
        ...{ body: { kind: 'text', text: '.\nA dot alone\n' }, ...params },
      },
    })

  test('a message is sent, signed in', async () => {
    const which = await smtp(0)
    expect(await tryConnection(door, which)).toBe('shop')
    const to = ['ada@example.com', 'no@example.com']
    expect(await send(which, { to })).toMatchObject({
      accepted: ['ada@example.com', 'eve@example.com'],
      rejected: ['no@example.com'],
    })
    const [mail] = servers[0]!.mails
    expect(mail).toMatchObject({
      user: 'shop',
      from: 'shop@example.com',
      to: ['ada@example.com', 'eve@example.com'],
    })
    expect(mail?.text).not.toContain('eve@')
    expect(mail?.text).toContain('\r\n.\r\nA dot alone')
  })

  test.each<[string, JsonObject]>([
    ['invalid_recipient', { to: ['ada@example.com\r\nBcc: eve@example.com'] }],
    ['invalid_recipient', { to: ['ada@example.com, eve@example.com'] }],
    ['invalid_header', { subject: 'Hi\r\nBcc: eve@example.com' }],
    ['invalid_recipient', { from: 'a\n<b@example.com>' }],
  ])('%s: no header is smuggled in by %j', async (code, params) => {
    const before = servers[0]!.connections()
    expect(await failureOf(send(await smtp(0), params))).toMatchObject({ code })
    expect(servers[0]!.connections()).toBe(before)
  })

  test('a wrong password is not repeated in words', async () => {
    const failed = await failureOf(send(await smtp(0, { password: 'CANARY-wrong' })))
    expect(failed).toMatchObject({ code: 'smtp_auth', retryable: false })
    expect(failed.message).not.toContain('CANARY')
  })

  test('STARTTLS with a certificate that nobody trusts: nothing is said, least of all the password', async () => {
    const failed = await failureOf(send(await smtp(1, { security: 'starttls' })))
    expect(failed.code).toBe('tls')
    expect(servers[1]!.mails).toEqual([])
  })

  test.each([
    ['169.254.169.254', '25'],
    ['10.0.0.1', '587'],
    ['[::1]', '25'],
  ])('%s is not reached', async (host, port) => {
    expect(await failureOf(send(await smtp(0, { host, port })))).toMatchObject({ code: 'egress_blocked' })
  })
})

describe('PostgreSQL', () => {
  let door: ConnectionDoor
  let which: Which
  let login: JsonObject
  beforeAll(async () => {
    const { ownerUrl, owner } = await testDatabases()
    const { hostname, port, pathname, username, password } = new URL(ownerUrl)
    const names = { host: hostname, port, database: pathname.slice(1), user: username }
    login = { ...names, password: decodeURIComponent(password), tls: 'off' }
    await owner.query(`CREATE SCHEMA shop; CREATE TABLE shop."Odd ""name" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      "the name" text UNIQUE, tags text[], data jsonb, total numeric, big bigint, at timestamptz, day date)`)
    door = await aDoor()
    which = await aConnection({ kind: 'postgres.login', fields: login })
  })
  const run = (name: string, params: Json) => runWith(door, { which, type: `postgres.${name}`, params })
  const table = 'shop.Odd "name'

  test('says who it is, and what it holds comes as JSON', async () => {
    expect(await tryConnection(door, which)).toBe(`${login.user} · ${login.database}`)
    const row = {
      'the name': "Robert'); DROP TABLE x;--",
      tags: ['a', 'b'],
      data: [1, { b: null }],
      total: '12.50',
    }
    const times = { big: '9007199254740993', at: '2026-01-01T00:00:00Z', day: '2026-01-02' }
    expect(await run('insert', { table, rows: { ...row, ...times } })).toMatchObject({
      count: 1,
      rows: [{ id: 1, ...row, total: 12.5, ...times, at: '2026-01-01T00:00:00.000Z' }],
    })
  })

  test('rows are added or changed by a unique column', async () => {
    const rows: JsonObject[] = [{ 'the name': 'x', total: 1 }, { 'the name': 'y' }]
    await run('upsert', { table, rows, sameBy: ['the name'] })
    const { count } = (await run('upsert', {
      table,
      rows: [{ 'the name': 'x', total: 2 }],
      sameBy: ['the name'],
    })) as {
      count: number
    }
    expect(count).toBe(1)
    const text = `SELECT total FROM shop."Odd ""name" WHERE "the name" = $1`
    expect(await run('query', { text, values: ['x'] })).toEqual({ rows: [{ total: 2 }], count: 1 })
  })

  test.each([
    ['INSERT INTO shop."Odd ""name" ("the name") VALUES (\'z\')', 'sql_25006'],
    ['SELECT 1; COMMIT; DROP TABLE shop."Odd ""name"', 'sql_42601'],
    ['SELECT * FROM nowhere', 'sql_42P01'],
    ['SELECT generate_series(1, 1000000)', 'too_many_rows'],
    [`SELECT repeat('x', 3000000) FROM generate_series(1, 100)`, 'response_too_large'],
  ])('a query only reads, one statement, and so much: %s', async (text, code) => {
    expect(await failureOf(run('query', { text }))).toMatchObject({ code, retryable: false })
  })

  test('names come from the catalogue or not at all', async () => {
    const rows = { 'the name': 'x', 'total) VALUES (1); --': 1 }
    expect(await failureOf(run('insert', { table, rows }))).toMatchObject({ code: 'unknown_column' })
    const failed = failureOf(run('insert', { table: 'pg_catalog.pg_authid', rows: { rolname: 'x' } }))
    expect(await failed).toMatchObject({ code: 'unknown_table' })
  })

  test.each<[string, JsonObject]>([
    ['sql_28P01', { password: 'CANARY-wrong' }],
    ['tls', { tls: 'verify' }],
    ['egress_blocked', { host: '10.0.0.1' }],
    ['egress_blocked', { host: '169.254.169.254' }],
  ])('%s', async (code, fields) => {
    const other = await aConnection({ kind: 'postgres.login', fields: { ...login, ...fields } })
    const failed = await failureOf(
      runWith(door, { which: other, type: 'postgres.query', params: { text: 'SELECT 1' } }),
    )
    expect(failed.code).toBe(code)
    expect(failed.message).not.toContain('CANARY')
  })
})
