import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EnvError, readEnv } from './env.ts'

const secret = 's'.repeat(32)
let dataFolder = ''
beforeEach(() => {
  dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-env-'))
})
afterEach(() => fs.rmSync(dataFolder, { recursive: true, force: true }))

test('an empty environment is enough', () => {
  expect(readEnv({ TRAMA_DATA: dataFolder })).toEqual({
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    production: false,
    databaseUrl: undefined,
    databaseDirectUrl: undefined,
    redisUrl: undefined,
    dataFolder,
    secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    role: 'all',
    firstStart: { email: undefined, password: undefined, tenant: undefined, apiKey: undefined },
    egressAllow: [],
    serviceHosts: [],
    trustedProxies: [],
  })
})

test('the generated secret is kept, for its owner only', () => {
  const first = readEnv({ TRAMA_DATA: dataFolder }).secret
  expect(readEnv({ TRAMA_DATA: dataFolder }).secret).toBe(first)
  expect(fs.statSync(path.join(dataFolder, 'secret')).mode & 0o777).toBe(0o600)
})

const database = 'postgresql://owner:word@db.example.com/trama'

test.each([
  ['in production', { NODE_ENV: 'production' }],
  ['with a database of one’s own', { DATABASE_URL: database }],
])('a secret is never made up %s', (_, given) => {
  expect(() => readEnv({ TRAMA_DATA: dataFolder, ...given })).toThrow('TRAMA_SECRET is needed')
  expect(fs.readdirSync(dataFolder)).toEqual([])
})

test.each([
  ['PORT', '8080', { port: 8080 }],
  ['PORT', '', { port: 3000 }],
  ['HOST', '0.0.0.0', { host: '0.0.0.0', baseUrl: 'http://localhost:3000' }],
  ['HOST', 'fd00::1', { baseUrl: 'http://[fd00::1]:3000' }],
  ['BASE_URL', 'https://trama.example.com/', { baseUrl: 'https://trama.example.com' }],
  ['DATABASE_URL', database, { databaseUrl: database }],
  ['REDIS_URL', 'rediss://cache:6380', { redisUrl: 'rediss://cache:6380' }],
  ['TRAMA_ROLE', 'worker', { role: 'worker' }],
  ['TRAMA_TRUSTED_PROXIES', '10.0.0.5, fd00::/8', { trustedProxies: ['10.0.0.5', 'fd00::/8'] }],
  [
    'TRAMA_SERVICE_HOSTS',
    'slack.com=http://127.0.0.1:4000, *.db.test=https://mirror.test/',
    {
      serviceHosts: [
        { host: 'slack.com', origin: 'http://127.0.0.1:4000' },
        { host: '*.db.test', origin: 'https://mirror.test' },
      ],
    },
  ],
  ['TRAMA_EGRESS_ALLOW', 'localhost:4000, 10.0.0.0/8,', { egressAllow: ['localhost:4000', '10.0.0.0/8'] }],
])('%s=%s', (name, value, expected) => {
  expect(readEnv({ TRAMA_DATA: dataFolder, TRAMA_SECRET: secret, [name]: value })).toMatchObject(expected)
})

test('a first start without hands', () => {
  const apiKey = `trama_${'k'.repeat(43)}`
  const given = {
    TRAMA_OWNER_EMAIL: 'Ada@Example.com',
    TRAMA_OWNER_PASSWORD: 'correct horse',
    TRAMA_TENANT: 'Acme',
    TRAMA_API_KEY: apiKey,
  }
  expect(readEnv({ TRAMA_DATA: dataFolder, ...given }).firstStart).toEqual({
    email: 'ada@example.com',
    password: 'correct horse',
    tenant: 'Acme',
    apiKey,
  })
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '80.5'],
  ['BASE_URL', 'trama.example.com'],
  ['BASE_URL', 'ftp://trama.example.com'],
  ['BASE_URL', 'https://example.com/trama'],
  ['DATABASE_URL', 'mysql://db/trama'],
  ['REDIS_URL', 'localhost:6379'],
  ['TRAMA_SECRET', 'short'],
  ['TRAMA_ROLE', 'boss'],
  ['TRAMA_TRUSTED_PROXIES', 'proxy.local'],
  ['TRAMA_SERVICE_HOSTS', 'slack.com'],
  ['TRAMA_SERVICE_HOSTS', 'slack.com=https://mirror.test/path'],
  ['TRAMA_SERVICE_HOSTS', 'slack.com=ftp://mirror.test'],
  ['TRAMA_OWNER_EMAIL', 'ada'],
  ['TRAMA_OWNER_PASSWORD', 'short'],
  ['TRAMA_OWNER_PASSWORD', 'x'.repeat(129)],
  ['TRAMA_API_KEY', 'secret with spaces'],
])('%s=%s is refused by name', (name, value) => {
  const read = () => readEnv({ TRAMA_DATA: dataFolder, TRAMA_SECRET: secret, [name]: value })
  expect(read).toThrow(EnvError)
  expect(read).toThrow(name)
})

test('all that is wrong is said at once', () => {
  expect(() => readEnv({ PORT: 'x', TRAMA_ROLE: 'boss' })).toThrow(
    /PORT must be a number[\s\S]*TRAMA_ROLE must be all/,
  )
})
