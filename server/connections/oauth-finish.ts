import { StepFailure } from '#nodes/kit/failure.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { clientOf } from '#server/oauth/client-of.ts'
import { readSecrets, writeSecrets } from '#server/oauth/sealed.ts'
import { type Tokens, tokensForCode } from '#server/oauth/tokens.ts'
import type { ConnectionDoor } from '#server/runtime/connection-door.ts'
import { readConnection, withRow } from '#server/runtime/connection-row.ts'
import { keep } from '#server/runtime/fresh-tokens.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { Asked, hashOf, providerOf, redirectUri, sealedFor } from './oauth-state.ts'
import { testConnection } from './test.ts'

interface Finishing {
  scope: TenantScope
  door: ConnectionDoor
  log: Log
  baseUrl: string
  sessionId: string
}

export interface Finished {
  connectionId: string
  outcome: 'connected' | 'denied' | 'failed'
}

/** What a state is refused with, whatever is wrong with it: who made it up learns nothing. */
export function badState() {
  return new AppError(
    'invalid',
    'This sign-in was not begun here, was used already, or took longer than ten minutes. Start again under Connections.',
    { failure: 'oauth_state' },
  )
}

/** Takes a person's way back from a service: their state, once, and then tokens for the code they bring. */
export async function finishOauth(about: Finishing, back: URLSearchParams): Promise<Finished> {
  const { scope, door } = about
  const state = back.get('state') ?? ''
  const { connectionId, stateId, sealed } = await takeState(about, state)
  const which = { tenantId: scope.tenant.id, id: connectionId }
  const asked = Asked.parse(door.vault.open(sealedFor(which.tenantId, stateId), sealed))
  if (back.has('error')) return { connectionId, outcome: 'denied' }
  const row = await readConnection(door.pool, which)
  const definition = door.findConnection(row.kind)
  if (!definition) throw badState()
  const { fields } = readSecrets(definition, door.vault.open(which, row.sealed))
  const client = clientOf(definition, fields)
  if (!client || providerOf(definition, fields) !== asked.provider) throw badState()
  try {
    const redirect = redirectUri(about.baseUrl)
    const asking = { way: door.egress, nowMs: Date.now(), state, redirectUri: redirect }
    const tokens = await tokensForCode(client, { ...asking, back, verifier: asked.verifier })
    await store(door, { ...which, provider: asked.provider, tokens })
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    about.log.warn({ ...which, failure: error.failure.code }, 'Signing in to a connection failed')
    return { connectionId, outcome: 'failed' }
  }
  // Whose account it is; that it cannot be told spoils nothing.
  await testConnection(about, { id: connectionId }).catch(() => undefined)
  return { connectionId, outcome: 'connected' }
}

/** The state of this very session and person, spent from here on. */
async function takeState({ scope, sessionId }: Finishing, state: string) {
  const tenantId = scope.tenant.id
  const stateId = hashOf(state)
  return scope.inTenant(async (db) => {
    const where = { tenantId, id: stateId, userId: scope.actor, session: hashOf(sessionId) }
    const spent = await db.oauthState.updateMany({
      where: { ...where, usedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date() },
    })
    const row = spent.count === 1 ? await db.oauthState.findFirst({ where }) : null
    if (!row) throw badState()
    return { connectionId: row.connectionId, stateId, sealed: row.sealed }
  })
}

async function store(
  door: ConnectionDoor,
  about: { tenantId: string; id: string; provider: string; tokens: Tokens },
) {
  await withRow(door, about, async (db, row) => {
    const definition = door.findConnection(row.kind)
    if (!definition) throw badState()
    const { fields } = readSecrets(definition, door.vault.open(about, row.sealed))
    // Changed while the person was away: the tokens belong to a client that is not this one any more.
    if (providerOf(definition, fields) !== about.provider) throw badState()
    const sealed = door.vault.seal(about, writeSecrets(definition, { fields, tokens: about.tokens }))
    await keep(db, { ...about, sealed, fresh: about.tokens })
  })
}
