import { afterAll, beforeAll, expect, test } from 'vitest'
import { caller, failureOf } from '#server/test/call-node.ts'
import { fakeCloudflare, cloudflareZone as zone } from '#server/test/fakes/cloudflare.ts'
import type { Json } from '../kit/index.ts'

let cloudflare: Awaited<ReturnType<typeof fakeCloudflare>>
beforeAll(async () => {
  cloudflare = await fakeCloudflare()
})
afterAll(() => cloudflare.close())

const call = (type: string, params: { [name: string]: Json }) => {
  const { connection, services } = cloudflare
  return caller().call(`cloudflare.${type}`, { params: { zone, ...params }, connection, services })
}

const shop = { name: 'shop.example.com', content: '198.51.100.4' }

test('a record is made, found, changed and deleted; doing it twice changes nothing', async () => {
  expect(await call('set_dns', shop)).toMatchObject({ id: 'r1', created: true, proxied: false })
  const moved = { ...shop, content: '198.51.100.5', proxied: true }
  const changed = { id: 'r1', type: 'A', ttl: 1, ...moved, created: false }
  expect(await call('set_dns', moved)).toEqual(changed)
  expect(await call('set_dns', moved)).toEqual(changed)
  await call('set_dns', { type: 'MX', name: 'example.com', content: 'mx.example.com', proxied: true })
  const { created: _, ...record } = changed
  expect(await call('list_dns', { search: 'shop' })).toEqual({ records: [record], total: 1 })
  expect(await call('delete_dns', { ...shop, content: 'other' })).toEqual({ deleted: 0 })
  expect(await call('delete_dns', { name: shop.name })).toEqual({ deleted: 1 })
  expect(await call('delete_dns', { name: shop.name })).toEqual({ deleted: 0 })
})

test('a long list comes page by page', async () => {
  cloudflare.records.length = 0
  for (let at = 0; at < 250; at += 1)
    cloudflare.records.push({
      id: `x${at}`,
      type: 'TXT',
      name: `n${at}.example.com`,
      content: 'x',
      ttl: 1,
      proxied: false,
    })
  expect(await call('list_dns', { type: 'TXT', most: 220 })).toMatchObject({
    total: 250,
    records: { length: 220 },
  })
  cloudflare.records.length = 0
})

test('which of several to change is not guessed', async () => {
  for (const id of ['a', 'b']) cloudflare.records.push({ id, type: 'A', ...shop, ttl: 1, proxied: false })
  expect(await failureOf(call('set_dns', shop))).toMatchObject({ code: 'several_records' })
  cloudflare.records.length = 0
})

test('the cache is purged of exactly what was asked', async () => {
  await call('purge_cache', { what: { kind: 'addresses', urls: ['https://example.com/a'] } })
  await call('purge_cache', { what: { kind: 'everything' } })
  expect(cloudflare.purges).toEqual([{ files: ['https://example.com/a'] }, { purge_everything: true }])
})

test.each<[string, { [name: string]: Json }, string]>([
  ['set_dns', { ...shop, content: 'nowhere' }, 'cloudflare_9005'],
  ['list_dns', { zone: 'f'.repeat(32) }, 'cloudflare_7003'],
])('%s of %j fails with Cloudflare’s number', async (type, params, code) => {
  expect(await failureOf(call(type, params))).toMatchObject({ code, retryable: false })
})
