import type { ApiKeys } from '#server/api-keys/verify.ts'
import type { Vault } from '#server/connections/vault.ts'
import type { Databases } from '#server/db/open.ts'
import type { Log } from '#server/log.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { Auth } from '#server/tenants/auth.ts'
import type { Links } from '#server/triggers/public/links.ts'

/** Everything the API is made of; put together in main.ts, and by tests. */
export interface Parts {
  /** Where people reach us: links are made of it, and mutations must come from it. */
  baseUrl: string
  databases: Databases
  auth: Auth
  apiKeys: ApiKeys
  runtime: Runtime
  vault: Vault
  links: Links
  log: Log
  /** Fires when the server closes; streams and waits end then, so that it can. */
  closing: AbortSignal
}
