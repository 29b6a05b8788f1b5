import { withoutDot } from './allow-list.ts'
import { portOf } from './guard.ts'

/** Whether a URL goes to one of a connection's hosts: an exact name, `host:port`, or `*.example.com` for those below. */
export function matchesHosts(url: URL, hosts: readonly string[]): boolean {
  const host = withoutDot(url.hostname)
  return hosts.some((written) => {
    const pattern = withoutDot(written.trim())
    if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1
    return host === pattern || `${host}:${portOf(url)}` === pattern
  })
}
