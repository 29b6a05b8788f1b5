import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import type { Json } from '#nodes/kit/json.ts'
import { clientOf } from '#server/oauth/client-of.ts'

export const STATE_MS = 10 * 60 * 1_000

/** Names the tenant, because the address that services send people back to is the same for all. */
export const newState = (slug: string) => `${slug}.${randomBytes(32).toString('base64url')}`

/** The slug in a state; null for what we never gave out. */
export function slugIn(state: string): string | null {
  const [, slug] = /^([a-z0-9-]{1,48})\.[\w-]{43}$/.exec(state) ?? []
  return slug ?? null
}

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** What is sealed with a state: the proof that it was us who asked, and whom. */
export const Asked = z.strictObject({ verifier: z.string(), provider: z.string() })

/** Changes with anything that decides who is signed in to, and as which client. */
export function providerOf(definition: AnyConnection, fields: Json): string {
  const client = clientOf(definition, fields)
  const { authorizeUrl, tokenUrl } = client?.oauth2 ?? {}
  return hashOf(JSON.stringify([definition.id, client?.client.client_id, authorizeUrl, tokenUrl]))
}

/** Where services send people back to: exactly this, for every service and tenant. */
export const redirectUri = (baseUrl: string) => `${new URL(baseUrl).origin}/api/oauth/callback`

/** What a state's verifier is sealed for; the hash of a state is in nothing that leaves us. */
export const sealedFor = (tenantId: string, stateId: string) => ({ tenantId, id: `oauth ${stateId}` })
