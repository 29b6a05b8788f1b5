import type { OwnMail } from './alerts/channels.ts'
import { deliverAlerts } from './alerts/deliver.ts'
import { workBulk } from './bulk/work.ts'
import type { Databases } from './db/open.ts'
import { EnvError } from './env.ts'
import type { Log } from './log.ts'
import { repeat } from './runtime/rounds.ts'
import type { Runtime } from './runtime/runtime.ts'

const ALERTS_MS = 2_000
const BULK_MS = 1_000

/** What schedulers do besides the runs themselves: send alerts, and do the same to many runs. */
export function startBackground(about: {
  databases: Pick<Databases, 'engine'>
  runtime: Runtime
  baseUrl: string
  mail: OwnMail | null
  log: Log
}) {
  const { databases, runtime, baseUrl, mail, log } = about
  const pool = databases.engine
  const delivery = { pool, door: runtime.door, baseUrl, mail, log }
  let stopped = false
  const untilDone = (work: () => Promise<boolean>) => async () => {
    while (!stopped && (await work()));
  }
  const again = (name: string, everyMs: number, work: () => Promise<boolean>) =>
    repeat({ everyMs, work: untilDone(work), failed: (error) => log.warn({ error }, `${name} failed`) })
  const stops = [
    again('The delivery of alerts', ALERTS_MS, () => deliverAlerts(delivery)),
    again('The work on many runs', BULK_MS, () => workBulk({ pool, runtime, log })),
  ]
  return {
    async stop() {
      stopped = true
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

/** `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS; `smtp://…:25` sends in the clear. */
export function ownMail(smtp: { url: string; from?: string } | undefined): OwnMail | null {
  if (!smtp) return null
  const { protocol, hostname, port, username, password } = new URL(smtp.url)
  const isTls = protocol === 'smtps:'
  const number = port === '' ? (isTls ? 465 : 587) : Number(port)
  const user = decodeURIComponent(username)
  const from = smtp.from ?? (user.includes('@') ? user : undefined)
  if (!from)
    throw new EnvError('TRAMA_MAIL_FROM is needed with TRAMA_SMTP_URL: the address that alerts come from')
  const security = isTls ? 'tls' : number === 25 || number === 1025 ? 'none' : 'starttls'
  const login = { host: hostname, port: number, security } as const
  return { login: user ? { ...login, user, password: decodeURIComponent(password) } : login, from }
}
