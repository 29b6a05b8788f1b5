import * as oauth from 'oauth4webapi'
import { AppError } from '#server/errors.ts'
import { clientOf, needsPerson, type OAuthClient } from '#server/oauth/client-of.ts'
import { readSecrets } from '#server/oauth/sealed.ts'
import type { ConnectionDoor } from '#server/runtime/connection-door.ts'
import { readConnection } from '#server/runtime/connection-row.ts'
import { renewNow } from '#server/runtime/fresh-tokens.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { hashOf, newState, providerOf, redirectUri, STATE_MS, sealedFor } from './oauth-state.ts'
import { asRefusal } from './refusal.ts'
import { noSuchConnection } from './update.ts'

interface Starting {
  scope: TenantScope
  door: ConnectionDoor
  baseUrl: string
  sessionId: string
}

/**
 * Where to send a person to sign in to a connection's service. Null when nobody has to: the client itself was given
 * a token. The way back works once, for this session, for ten minutes (decision D-14).
 */
export async function startOauth(
  { scope, door, baseUrl, sessionId }: Starting,
  { id }: { id: string },
): Promise<{ url: string | null }> {
  const tenantId = scope.tenant.id
  const { definition, fields, client } = await openClient({ scope, door }, id)
  if (!needsPerson(client.oauth2)) {
    await renewNow(door, { tenantId, id }).catch(asRefusal)
    return { url: null }
  }
  const state = newState(scope.tenant.slug)
  const stateId = hashOf(state)
  const verifier = oauth.generateRandomCodeVerifier()
  const sealed = door.vault.seal(sealedFor(tenantId, stateId), {
    verifier,
    provider: providerOf(definition, fields),
  })
  await scope.inTenant(async (db) => {
    await db.oauthState.deleteMany({ where: { tenantId, expiresAt: { lt: new Date() } } })
    await db.oauthState.create({
      data: {
        tenantId,
        id: stateId,
        connectionId: id,
        userId: scope.actor,
        session: hashOf(sessionId),
        sealed: new Uint8Array(sealed),
        expiresAt: new Date(Date.now() + STATE_MS),
      },
    })
  })
  return { url: await authorizeAddress(client, { state, verifier, redirect: redirectUri(baseUrl) }) }
}

async function openClient({ scope, door }: Pick<Starting, 'scope' | 'door'>, id: string) {
  const tenantId = scope.tenant.id
  const found = await scope.inTenant((db) => db.connection.count({ where: { tenantId, id } }))
  if (found === 0) throw noSuchConnection()
  const row = await readConnection(door.pool, { tenantId, id }).catch(asRefusal)
  const definition = door.findConnection(row.kind)
  if (!definition?.oauth2) throw new AppError('invalid', 'Nobody signs in to this kind of connection')
  try {
    const { fields } = readSecrets(definition, door.vault.open({ tenantId, id }, row.sealed))
    const client = clientOf(definition, fields)
    if (!client) throw new AppError('invalid', 'Nobody signs in to this kind of connection')
    return { definition, fields, client }
  } catch (error) {
    return asRefusal(error)
  }
}

async function authorizeAddress(
  { oauth2, client }: OAuthClient,
  about: { state: string; verifier: string; redirect: string },
): Promise<string> {
  const url = new URL(oauth2.authorizeUrl)
  const query = {
    ...oauth2.authorize,
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: about.redirect,
    ...(oauth2.scopes.length > 0 ? { scope: oauth2.scopes.join(' ') } : {}),
    state: about.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(about.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
