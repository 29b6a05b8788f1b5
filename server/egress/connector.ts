import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import type { Guard } from './guard.ts'

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Connects only to addresses that were checked a moment ago: the socket is given them in place of a second look-up,
 * so a name that answers differently each time (DNS rebinding) has nothing to gain. TLS still sees the name.
 */
export function guardedConnector(guard: Guard, ca?: string): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    guard.addressesOf({ hostname: options.hostname, port }).then(
      (addresses) => {
        const connect = buildConnector({
          timeout: CONNECT_TIMEOUT_MS,
          autoSelectFamily: true,
          lookup: pinned(addresses),
          ...(ca === undefined ? {} : { ca }),
        })
        connect(options, callback)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    )
  }
}

/** Answers with addresses that were checked, in place of a look-up. */
export function pinned(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (_hostname, options, callback) => {
    const [first] = found
    if (!first) callback(new Error('No address'), '', 4)
    else if (options.all) callback(null, found)
    else callback(null, first.address, first.family)
  }
}
