import { createTransport } from 'nodemailer'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { mailOf } from './message.ts'

import type { Connects } from './opens-sockets.ts'

export interface SmtpLogin {
  host: string
  port: number
  /** `tls` from the first byte; `starttls` before anything is said; `none` in the clear. */
  security: 'tls' | 'starttls' | 'none'
  user?: string
  password?: string
}

interface Place {
  login: SmtpLogin
  connect: Connects
  signal: AbortSignal
}

/** Sends by a mail server, in a connection of its own. */
export async function sendBySmtp(place: Place, mail: ReturnType<typeof mailOf>) {
  return withServer(place, async (transport) => {
    const { messageId, accepted, rejected } = await transport.sendMail(mail)
    return { messageId, accepted, rejected }
  })
}

/** Signs in and sends nothing. */
export async function verifySmtp(place: Place): Promise<void> {
  await withServer(place, (transport) => transport.verify())
}

type Transport = ReturnType<typeof transportTo>

function transportTo({ login, connect, signal }: Place) {
  const { host, port, security, user, password } = login
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
    tls: { minVersion: 'TLSv1.2' },
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, done) => {
      connect({ host, port, protocol: 'smtp', signal }).then(
        (connection) => done(null, { connection }),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      )
    },
  })
}

async function withServer<T>(place: Place, work: (transport: Transport) => Promise<T>): Promise<T> {
  const transport = transportTo(place)
  try {
    return await work(transport)
  } catch (error) {
    throw asFailure(error, place.login)
  } finally {
    transport.close()
  }
}

/** What the server said, without what we said to it. */
function asFailure(error: unknown, { host }: SmtpLogin): StepFailure {
  if (error instanceof StepFailure) return error
  if (!(error instanceof Error))
    return fail('network', `The connection to ${host} failed`, { retryable: true })
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  const said = 'response' in error && typeof error.response === 'string' ? error.response.slice(0, 300) : ''
  if (code === 'EAUTH')
    return fail('smtp_auth', `${host} does not accept the user or the password. It said: ${said}`)
  if (code === 'ETLS') return fail('tls', `${host} offers no TLS that can be trusted`, { retryable: false })
  if (status >= 500) return fail('smtp_refused', `${host} refused the message. It said: ${said}`)
  if (status >= 400)
    return fail('smtp_later', `${host} asks to try later. It said: ${said}`, { retryable: true })
  if (code === 'EENVELOPE') return fail('invalid_recipient', error.message.slice(0, 300))
  if (code === 'ETIMEDOUT') return fail('timeout', `${host} did not answer in time`, { retryable: true })
  if (/certificate|self.signed|altname/i.test(error.message))
    return fail('tls', `The certificate of ${host} cannot be trusted`)
  return fail('network', `The connection to ${host} failed${code === '' ? '' : ` (${code})`}`, {
    retryable: true,
  })
}
