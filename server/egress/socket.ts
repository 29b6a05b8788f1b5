import net from 'node:net'
import { fail } from '#nodes/kit/failure.ts'
import { pinned } from './connector.ts'
import { asFailure } from './failures.ts'
import { createGuard, type GuardOptions } from './guard.ts'
import { isWebPort } from './ports.ts'

export interface SocketTarget {
  host: string
  port: number
  protocol: 'smtp' | 'postgres'
  signal: AbortSignal
}

const CONNECT_TIMEOUT_MS = 10_000
/** Far above what drivers take in: they read whole lines and rows, and a server may send one without an end. */
const MOST_BYTES = 32 * 1024 * 1024
const LOOK_EVERY_MS = 20

/** What these are spoken on by custom; above 1023 also what no other protocol is known for. */
const own = { smtp: [25, 465, 587, 2525], postgres: [5432, 5433, 6432, 6543] }
const names = { smtp: 'a port of mail servers', postgres: 'a port of PostgreSQL' }

/** Connects to an address that was checked a moment ago, as `guardedConnector` does for HTTP. Throws a `StepFailure`. */
export async function guardedSocket(
  options: Pick<GuardOptions, 'allow' | 'resolve'>,
  { host, port, protocol, signal }: SocketTarget,
): Promise<net.Socket> {
  const has = (one: number) => own[protocol].includes(one) || (one >= 1024 && isWebPort(one))
  const guard = createGuard({ ...options, ports: { name: names[protocol], has } })
  const hostname = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  const addresses = await guard.addressesOf({ hostname, port })
  return connected({ host, port, addresses, signal })
}

interface Checked {
  host: string
  port: number
  addresses: readonly string[]
  signal: AbortSignal
}

function connected({ host, port, addresses, signal }: Checked): Promise<net.Socket> {
  const bare = host.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: bare, port, lookup: pinned(addresses), autoSelectFamily: true })
    const settle = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.removeListener('error', refuse)
    }
    const refuse = (error: Error) => {
      settle()
      socket.destroy()
      reject(asFailure(error, host))
    }
    const stop = () => refuse(new Error('Aborted'))
    const timer = setTimeout(
      () => refuse(Object.assign(new Error('Timed out'), { code: 'ETIMEDOUT' })),
      CONNECT_TIMEOUT_MS,
    )
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    socket.once('error', refuse)
    socket.once('connect', () => {
      settle()
      limit(socket, host)
      resolve(socket)
    })
  })
}

/** By the clock: whoever reads the socket may do so below what listeners hear, as TLS does. */
function limit(socket: net.Socket, host: string) {
  const clock = setInterval(() => {
    if (socket.bytesRead <= MOST_BYTES) return
    clearInterval(clock)
    socket.destroy(fail('response_too_large', `${host} sends more than ${MOST_BYTES / 1024 / 1024} MB`))
  }, LOOK_EVERY_MS)
  socket.once('close', () => clearInterval(clock))
}
