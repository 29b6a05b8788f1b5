import type { Address, Hook } from './find-hook.ts'

/** Finds hooks, and remembers the found ones for a moment. */
export interface KnownHooks {
  find(address: Address): Promise<Hook | null>
}

interface KnownHooksAbout {
  /** Reads the database. */
  look(address: Address): Promise<Hook | null>
  /** Calls with the tenant whose addresses have changed; null: any tenant's may have. */
  onChange(listener: (tenantId: string | null) => void): void
  nowMs?: () => number
}

/** What another process publishes holds here after this, even where nobody could tell us. */
const KEPT_MS = 1_000
const KEPT = 5_000

interface Known {
  found: Promise<Hook | null>
  tenantId: string | null
  untilMs: number
}

/** Only what is there is remembered: strangers may ask for any number of addresses that are not. */
export function createKnownHooks({ look, onChange, nowMs = Date.now }: KnownHooksAbout): KnownHooks {
  const kept = new Map<string, Known>()

  onChange((tenantId) => {
    // One that is just being looked up may be of any tenant.
    for (const [name, known] of kept)
      if (tenantId === null || known.tenantId === null || known.tenantId === tenantId) kept.delete(name)
  })

  function find(name: string, address: Address): Promise<Hook | null> {
    const known: Known = { found: look(address), tenantId: null, untilMs: nowMs() + KEPT_MS }
    kept.delete(name)
    kept.set(name, known)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    const forget = () => {
      if (kept.get(name) === known) kept.delete(name)
    }
    known.found.then((hook) => {
      if (hook) known.tenantId = hook.tenantId
      else forget()
    }, forget)
    return known.found
  }

  return {
    find(address) {
      const name = `${address.method} ${address.slug} ${address.path}`
      const known = kept.get(name)
      return known && known.untilMs > nowMs() ? known.found : find(name, address)
    },
  }
}
