import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const empty = (value: unknown) => (value === '' ? undefined : value)
const text = z.preprocess(empty, z.string().optional())
const listed = (list: string) =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
const url = (protocol: RegExp, example: string) =>
  z.preprocess(empty, z.url({ protocol, error: `must be a URL such as ${example}` }).optional())

const serviceHost = (pair: string) => {
  const [, host = '', target = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? []
  if (!/^(?:\*\.)?[a-z0-9.-]+(?::\d+)?$/.test(host) || !URL.canParse(target)) return null
  const { origin, href, protocol } = new URL(target)
  return /^https?:$/.test(protocol) && href === `${origin}/` ? { host, origin } : null
}

const Variables = z.object({
  NODE_ENV: text,
  PORT: z.preprocess(
    empty,
    z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(3000),
  ),
  HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
  /** Where people reach it: links and cookies are made for it. */
  BASE_URL: z.preprocess(
    empty,
    z
      .url({ protocol: /^https?$/, error: 'must be a URL such as https://trama.example.com' })
      .refine(
        (value) => !URL.canParse(value) || new URL(value).pathname === '/',
        'must have no path: Trama is served from the root',
      )
      .transform((value) => new URL(value).origin)
      .optional(),
  ),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://owner:password@host/database'),
  /** The same database without a pooler, for LISTEN and migrations. */
  DATABASE_DIRECT_URL: url(/^postgres(ql)?$/, 'postgresql://owner:password@host/database'),
  REDIS_URL: url(/^rediss?$/, 'redis://host:6379'),
  TRAMA_DATA: z.preprocess(empty, z.string().default('.data')),
  TRAMA_SECRET: z.preprocess(empty, z.string().min(32, 'must have at least 32 characters').optional()),
  TRAMA_ROLE: z.preprocess(
    empty,
    z
      .enum(['all', 'web', 'worker', 'scheduler'], { error: 'must be all, web, worker or scheduler' })
      .default('all'),
  ),
  TRAMA_OWNER_EMAIL: z.preprocess(
    empty,
    z.email({ error: 'must be an e-mail address' }).toLowerCase().optional(),
  ),
  TRAMA_OWNER_PASSWORD: z.preprocess(
    empty,
    z
      .string()
      .min(10, 'must have at least 10 characters')
      .max(128, 'must have at most 128 characters')
      .optional(),
  ),
  TRAMA_TENANT: z.preprocess(empty, z.string().trim().min(1).max(80).optional()),
  TRAMA_API_KEY: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[\x21-\x7e]{8,200}$/, 'must be 8 to 200 letters, digits and signs, without spaces')
      .optional(),
  ),
  /** Hosts, host:port or CIDR that workflows may reach although they are private. */
  TRAMA_EGRESS_ALLOW: z.preprocess(empty, z.string().default('')).transform(listed),
  /** `api.example.com=https://mirror.internal`: services that are reached at another address. */
  TRAMA_SERVICE_HOSTS: z
    .preprocess(empty, z.string().default(''))
    .transform((list) => listed(list).map(serviceHost))
    .refine(
      (list) => list.every((one) => one !== null),
      'must be pairs such as slack.com=https://slack.mirror.example, separated by commas; no path',
    )
    .transform((list) => list.filter((one) => one !== null)),
  /** The installation's own mail server, for alerts. */
  TRAMA_SMTP_URL: url(/^smtps?$/, 'smtps://user:password@mail.example.com:465'),
  TRAMA_MAIL_FROM: z.preprocess(empty, z.email({ error: 'must be an e-mail address' }).optional()),
  /** Where metrics are answered; without a port, nowhere. */
  TRAMA_ADMIN_HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
  TRAMA_ADMIN_PORT: z.preprocess(
    empty,
    z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).optional(),
  ),
  TRAMA_ADMIN_TOKEN: z.preprocess(empty, z.string().min(16, 'must have at least 16 characters').optional()),
  /** Addresses or CIDR of reverse proxies whose X-Forwarded-* is believed. */
  TRAMA_TRUSTED_PROXIES: z
    .preprocess(empty, z.string().default(''))
    .transform(listed)
    .refine(
      (list) => list.every((one) => ipaddr.isValid(one) || ipaddr.isValidCIDR(one)),
      'must be addresses or CIDR ranges such as 10.0.0.5, 10.1.0.0/16',
    ),
})

type Given = z.infer<typeof Variables>

export interface Env {
  port: number
  host: string
  baseUrl: string
  production: boolean
  databaseUrl?: string
  databaseDirectUrl?: string
  redisUrl?: string
  dataFolder: string
  secret: string
  role: 'all' | 'web' | 'worker' | 'scheduler'
  firstStart: { email?: string; password?: string; tenant?: string; apiKey?: string }
  egressAllow: string[]
  smtp?: { url: string; from?: string }
  /** The listener of operators; absent: none. */
  admin?: { host: string; port: number; token?: string }
  serviceHosts: { host: string; origin: string }[]
  trustedProxies: string[]
}

/** Something in the environment is wrong; the message says all of it and is meant for the operator. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
}

/** Reads the environment, once, at the start of the process. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = Variables.safeParse(source)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
    throw new EnvError(`The environment is not right:\n${lines.join('\n')}`)
  }
  const given = parsed.data
  const dataFolder = path.resolve(given.TRAMA_DATA)
  const production = given.NODE_ENV === 'production'
  if (!given.TRAMA_SECRET && (production || given.DATABASE_URL)) {
    const why = production ? 'in production' : 'with DATABASE_URL'
    throw new EnvError(
      `TRAMA_SECRET is needed ${why}: 32 characters or more that stay the same (try: openssl rand -hex 32)`,
    )
  }
  return {
    port: given.PORT,
    host: given.HOST,
    baseUrl: given.BASE_URL ?? `http://${localName(given.HOST)}:${given.PORT}`,
    production,
    databaseUrl: given.DATABASE_URL,
    databaseDirectUrl: given.DATABASE_DIRECT_URL,
    redisUrl: given.REDIS_URL,
    dataFolder,
    secret: given.TRAMA_SECRET ?? keptSecret(dataFolder),
    role: given.TRAMA_ROLE,
    firstStart: {
      email: given.TRAMA_OWNER_EMAIL,
      password: given.TRAMA_OWNER_PASSWORD,
      tenant: given.TRAMA_TENANT,
      apiKey: given.TRAMA_API_KEY,
    },
    egressAllow: given.TRAMA_EGRESS_ALLOW,
    ...(given.TRAMA_SMTP_URL ? { smtp: { url: given.TRAMA_SMTP_URL, from: given.TRAMA_MAIL_FROM } } : {}),
    ...adminOf(given),
    serviceHosts: given.TRAMA_SERVICE_HOSTS,
    trustedProxies: given.TRAMA_TRUSTED_PROXIES,
  }
}

/** What it answers is for operators only: beyond this machine it asks for a token. */
function adminOf({ TRAMA_ADMIN_HOST: host, TRAMA_ADMIN_PORT: port, TRAMA_ADMIN_TOKEN: token }: Given) {
  if (port === undefined) return {}
  if (!token && !['127.0.0.1', '::1', 'localhost'].includes(host))
    throw new EnvError(`TRAMA_ADMIN_TOKEN is needed when TRAMA_ADMIN_HOST is ${host}: at least 16 characters`)
  return { admin: { host, port, ...(token ? { token } : {}) } }
}

/** The secret of the embedded installation: made at the first start, beside the data that it seals. */
function keptSecret(dataFolder: string): string {
  const file = path.join(dataFolder, 'secret')
  fs.mkdirSync(dataFolder, { recursive: true })
  try {
    // Fails when it is there: two first starts at once must not each keep their own.
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const secret = fs.readFileSync(file, 'utf8').trim()
  if (secret.length < 32) throw new EnvError(`${file} holds no usable secret: set TRAMA_SECRET`)
  return secret
}

function localName(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
