import { lookup } from 'node:dns/promises'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import { isPublicAddress, literalAddress } from './address.ts'
import { readAllowList, type Target } from './allow-list.ts'
import { isWebPort } from './ports.ts'

/** All addresses of a host. */
export type Resolve = (hostname: string) => Promise<string[]>

export interface Guard {
  /** What can be said without resolving; throws `invalid_url` or `egress_blocked`. */
  checkUrl(url: URL): void
  /** The addresses that may be connected to; throws `egress_blocked` when even one of the host's is not public. */
  addressesOf(target: { hostname: string; port: number }): Promise<string[]>
}

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address)

export interface GuardOptions {
  allow: readonly string[]
  resolve: Resolve
  /** Ports that speak what is spoken through this guard; those of the web unless said. */
  ports?: { name: string; has(port: number): boolean }
}

const web = { name: 'a web port', has: isWebPort }

export function createGuard({ allow, resolve, ports = web }: GuardOptions): Guard {
  const isAllowed = readAllowList(allow)

  function checkAddress(target: Target & { address: string }): void {
    if (isPublicAddress(target.address) || isAllowed(target)) return
    throw blocked(`${target.hostname} is not on the public internet`)
  }

  return {
    checkUrl(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw fail('invalid_url', 'An address starts with http:// or https://')
      // To the HTTP client no port and port 0 are the same.
      if (url.port === '0') throw blocked('Port 0 is not a web port')
      if (url.username !== '' || url.password !== '')
        throw fail('invalid_url', 'Put user name and password in a connection, not in the address')
    },
    async addressesOf({ hostname, port }) {
      const literal = literalAddress(hostname)
      const addresses = literal === null ? await found(resolve, hostname) : [literal]
      for (const address of addresses) checkAddress({ hostname, port, address })
      if (!ports.has(port) && !addresses.every((address) => isAllowed({ hostname, port, address })))
        throw blocked(`Port ${port} is not ${ports.name}`)
      return addresses
    },
  }
}

async function found(resolve: Resolve, hostname: string): Promise<string[]> {
  let addresses: string[] = []
  try {
    addresses = await resolve(hostname)
  } catch (error) {
    if (error instanceof StepFailure) throw error
  }
  if (addresses.length > 0) return addresses
  throw fail('network', `The host ${hostname} was not found`, { retryable: true })
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
}

function blocked(reason: string): StepFailure {
  return fail('egress_blocked', `${reason}. An operator can allow it (TRAMA_EGRESS_ALLOW)`)
}
