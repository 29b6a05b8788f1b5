import { expect, it } from 'vitest'
import { Hosts } from './hosts.ts'

it.each([
  ['api.example.com', 'api.example.com'],
  ['API.Example.COM', 'api.example.com'],
  ['  api.example.com ', 'api.example.com'],
  ['*.example.com', '*.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['localhost', 'localhost'],
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '::1'],
  ['2001:DB8::0001', '2001:db8::1'],
])('keeps %s as %s', (given, kept) => {
  expect(Hosts.parse([given])).toEqual([kept])
})

it.each([
  '',
  '*',
  '*.com',
  '*.127.0.0.1',
  'a.*.com',
  'https://example.com',
  'example.com/path',
  'example.com:443',
  'user@example.com',
  'exa mple.com',
  'example.com\r\nX: y',
  '.example.com',
  `${'a'.repeat(64)}.com`,
])('refuses %j', (given) => {
  expect(Hosts.safeParse([given]).success).toBe(false)
})

it('wants at least one host and drops doubles', () => {
  expect(Hosts.safeParse([]).success).toBe(false)
  expect(Hosts.parse(['A.example.com', 'a.example.com'])).toEqual(['a.example.com'])
})
