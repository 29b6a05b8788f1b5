import { matchesHosts } from './host-match.ts'

/** A service that is reached elsewhere: by a mirror of the operator's, or a stand-in in tests. */
export interface ServiceHost {
  /** As a connection's hosts: an exact name, `host:port`, `*.example.com`. */
  host: string
  /** `https://mirror.example.com`; no path. */
  origin: string
}

/**
 * Where a request really goes. The hosts of connections are held against the address that was asked for; the guard
 * checks this one, like any other, so a mirror that is not public has to be allowed too.
 */
export function reachedAt(url: URL, services: readonly ServiceHost[]): URL {
  const found = services.find(({ host }) => matchesHosts(url, [host]))
  return found ? new URL(`${url.pathname}${url.search}`, found.origin) : url
}
