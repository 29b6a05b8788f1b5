import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { OAuthClient } from './client-of.ts'
import { guarded, type Way } from './guarded-fetch.ts'

/** What a service gave us to act with; sealed beside the fields of its connection. */
export const Tokens = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** Absent: the service did not say. */
  expiresAtMs: z.number().optional(),
})
export type Tokens = z.infer<typeof Tokens>

/** Renewed this long before they run out, so that they do not run out on the way. */
const EARLY_MS = 60_000

export const isOver = ({ expiresAtMs }: Tokens, nowMs: number) =>
  expiresAtMs !== undefined && expiresAtMs - EARLY_MS < nowMs

interface Asking {
  way: Way
  nowMs: number
}

/** Tokens for the code that a person came back with. `back` is the query of the address they came to. */
export async function tokensForCode(
  client: OAuthClient,
  about: Asking & { back: URLSearchParams; state: string; redirectUri: string; verifier: string },
): Promise<Tokens> {
  const { oauth2, server, auth } = client
  return asked(about.nowMs, async () => {
    const back = new URLSearchParams(about.back)
    // Without knowing what the service calls itself there is nothing to hold it against.
    if (oauth2.issuer === undefined) back.delete('iss')
    const params = oauth.validateAuthResponse(server, client.client, back, about.state)
    const more = { ...guarded(about.way, client), additionalParameters: { ...oauth2.token } }
    const reply = await oauth.authorizationCodeGrantRequest(
      server,
      client.client,
      auth,
      params,
      about.redirectUri,
      about.verifier,
      more,
    )
    return oauth.processAuthorizationCodeResponse(server, client.client, reply)
  })
}

/** New tokens for old ones. A service that sends no new refresh token means the old one to be kept. */
export async function refreshedTokens(
  client: OAuthClient,
  about: Asking & { refreshToken: string },
): Promise<Tokens> {
  const { server, auth } = client
  const tokens = await asked(about.nowMs, async () => {
    const way = guarded(about.way, client)
    const reply = await oauth.refreshTokenGrantRequest(server, client.client, auth, about.refreshToken, way)
    return oauth.processRefreshTokenResponse(server, client.client, reply)
  })
  return { ...tokens, refreshToken: tokens.refreshToken ?? about.refreshToken }
}

/** Tokens of the client itself: nobody signs in. */
export async function tokensOfClient(client: OAuthClient, about: Asking): Promise<Tokens> {
  const { oauth2, server, auth } = client
  const scope = oauth2.scopes.join(' ')
  const params = { ...oauth2.token, ...(scope === '' ? {} : { scope }) }
  return asked(about.nowMs, async () => {
    const way = guarded(about.way, client)
    const reply = await oauth.clientCredentialsGrantRequest(server, client.client, auth, params, way)
    return oauth.processClientCredentialsResponse(server, client.client, reply)
  })
}

async function asked(nowMs: number, ask: () => Promise<oauth.TokenEndpointResponse>): Promise<Tokens> {
  const reply = await ask().catch((error: unknown) => {
    throw failureOf(error)
  })
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = reply
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(seconds === undefined ? {} : { expiresAtMs: nowMs + seconds * 1_000 }),
  }
}

/** Codes with which the other side says that only a person can help. */
const final = ['invalid_grant', 'invalid_client', 'unauthorized_client', 'invalid_scope', 'access_denied']

/** Whether asking again cannot help. */
export const isFinal = (error: unknown): error is StepFailure =>
  error instanceof StepFailure && error.failure.code === 'connection_reconnect'

/** In words of ours: what an error of the library carries along may be a secret. */
function failureOf(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  const cause = error instanceof Error && error.cause instanceof StepFailure ? error.cause : null
  if (cause) return cause
  const isRefusal =
    error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError
  const code = isRefusal && /^[a-z_]{1,60}$/.test(error.error) ? error.error : null
  if (code !== null && final.includes(code)) return reconnect(wordsOf(code))
  const said = code === null ? 'gave an answer that is no token' : `refused (${code})`
  return fail('oauth_failed', `The service that signs in ${said}. Try again later.`, { retryable: true })
}

function wordsOf(code: string): string {
  if (code === 'invalid_grant') return 'The permission was withdrawn or has run out.'
  if (code === 'access_denied') return 'The permission was not given.'
  if (code === 'invalid_scope') return 'The service does not give what is asked for.'
  return 'The service does not accept the client ID or its secret.'
}

const ADVICE = 'Reconnect the connection under Connections.'

/** `why` is a sentence. */
export function reconnect(why: string): StepFailure {
  return fail('connection_reconnect', `${why} ${ADVICE}`)
}

/** The sentence that `reconnect` was given. */
export const whyOf = ({ message }: StepFailure) => message.replace(` ${ADVICE}`, '')
