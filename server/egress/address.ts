import ipaddr from 'ipaddr.js'

/**
 * Whether an address is on the public internet. Everything special is not: loopback, private, link-local (and with
 * it cloud metadata), CGNAT, multicast, reserved, and every IPv6 form that carries an IPv4 address inside (mapped,
 * compatible, NAT64, 6to4, Teredo), because what it leads to is decided by the network we are in.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  if (bare !== address || !ipaddr.isValid(bare)) return false
  const parsed = ipaddr.parse(bare)
  if (parsed.range() !== 'unicast') return false
  // What ipaddr.js calls unicast is wider than what the registries have given out.
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast)
}

const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** The address that a URL's host is, or null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return ipaddr.isValid(bare) && (bare.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(bare))
    ? bare
    : null
}
