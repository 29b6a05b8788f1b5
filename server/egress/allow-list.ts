import ipaddr from 'ipaddr.js'
import { literalAddress } from './address.ts'

export interface Target {
  hostname: string
  port: number
  /** One of the addresses of the host; absent while only the name is known. */
  address?: string
}

type Entry = (target: Target) => boolean

/** What the operator lets through although it is not public: `host`, `host:port`, an address, or a CIDR range. */
export function readAllowList(entries: readonly string[]): (target: Target) => boolean {
  const rules = entries
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean)
    .map(readEntry)
  return (target) => rules.some((rule) => rule(target))
}

function readEntry(entry: string): Entry {
  if (entry.includes('/')) return inRange(entry)
  const { host, port } = splitPort(entry)
  const rightPort = (target: Target) => port === null || target.port === port
  const address = literalAddress(host)
  if (address === null) {
    if (!/^[a-z0-9._-]+$/.test(host)) throw invalid(entry)
    return (target) => rightPort(target) && withoutDot(target.hostname) === host
  }
  const normal = ipaddr.parse(address).toString()
  return (target) => {
    const given = target.address ?? literalAddress(target.hostname)
    return (
      rightPort(target) &&
      given !== null &&
      ipaddr.isValid(given) &&
      ipaddr.parse(given).toString() === normal
    )
  }
}

function inRange(entry: string): Entry {
  if (!ipaddr.isValidCIDR(entry)) throw invalid(entry)
  const [network, bits] = ipaddr.parseCIDR(entry)
  return (target) => {
    const given = target.address ?? literalAddress(target.hostname)
    if (given === null || !ipaddr.isValid(given)) return false
    const parsed = ipaddr.parse(given)
    return parsed.kind() === network.kind() && parsed.match(network, bits)
  }
}

/** `host:80`, `[::1]:80`, `::1`, `host`. */
function splitPort(entry: string): { host: string; port: number | null } {
  const found = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry)
  if (!found) return { host: entry, port: null }
  return { host: found[1] ?? '', port: Number(found[2]) }
}

/** `example.com.` and `example.com` are the same host. */
export function withoutDot(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '')
}

function invalid(entry: string): Error {
  return new Error(
    `The entry “${entry}” of the egress allow-list is not a host, host:port, address or CIDR range`,
  )
}
