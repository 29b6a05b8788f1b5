import { createHash, randomBytes } from 'node:crypto'
import { type Fake, type FakeCall, type FakeReply, serveFake } from './fake.ts'

export const oauthClient = {
  id: 'fake-client-1234.apps.example',
  secret: 'fake-client-secret-CANARY',
} as const

interface Code {
  challenge: string
  redirectUri: string
  scope: string
}

/** The authorization side of an OAuth 2.0 service: strict about PKCE, redirect addresses, and using things twice. */
export interface OauthProvider {
  /** Null for what is none of its addresses. */
  answer(call: FakeCall): FakeReply | null
  /** Whether a token in `Authorization` is one that holds. */
  isGood(call: FakeCall): boolean
  /** A refresh token, as if somebody had signed in. */
  grant(): string
  /** All tokens stop at once, as when a person withdraws the permission. */
  withdraw(): void
  /** Access tokens stop, refresh tokens do not. */
  expire(): void
  state: {
    /** Seconds that access tokens last. */
    lastsS: number
    /** How often new tokens were asked for with a refresh token. */
    refreshes: number
    /** What the person answers. */
    consents: boolean
    /** Whether each refresh token can be used only once. */
    rotates: boolean
    /** How many of the next calls for tokens fail with 503. */
    down: number
  }
}

export function oauthProvider(about: {
  authorizePath: string
  tokenPath: string
  redirectUris: readonly string[]
  auth?: 'body' | 'basic'
}): OauthProvider {
  const codes = new Map<string, Code>()
  const access = new Set<string>()
  const refresh = new Set<string>()
  const state = { lastsS: 3_600, refreshes: 0, consents: true, rotates: false, down: 0 }

  function authorize({ query }: FakeCall): FakeReply {
    const redirectUri = query.get('redirect_uri') ?? ''
    if (query.get('client_id') !== oauthClient.id || !about.redirectUris.includes(redirectUri))
      return { status: 400, text: 'Error 400: redirect_uri_mismatch' }
    const back = new URL(redirectUri)
    back.searchParams.set('state', query.get('state') ?? '')
    const challenge = query.get('code_challenge') ?? ''
    const isWrong = query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256'
    if (isWrong || challenge.length !== 43) back.searchParams.set('error', 'invalid_request')
    else if (!state.consents) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomBytes(16).toString('hex')
      codes.set(code, { challenge, redirectUri, scope: query.get('scope') ?? '' })
      back.searchParams.set('code', code)
    }
    return { status: 302, headers: { location: back.href } }
  }

  function token(call: FakeCall): FakeReply {
    if (state.down > 0) {
      state.down -= 1
      return { status: 503, json: { error: 'temporarily_unavailable' } }
    }
    if (
      call.method !== 'POST' ||
      !/^application\/x-www-form-urlencoded\b/.test(call.headers['content-type'] ?? '')
    )
      return refused('invalid_request')
    const form = new URLSearchParams(call.text)
    if (!isClient(call, form)) return refused('invalid_client', 401)
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return forCode(form)
      case 'refresh_token':
        return forRefresh(form)
      case 'client_credentials':
        return granted({ withRefresh: false })
    }
    return refused('unsupported_grant_type')
  }

  function isClient({ headers }: FakeCall, form: URLSearchParams): boolean {
    if (about.auth === 'basic') {
      const { id, secret } = oauthClient
      const expected = `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
      return headers.authorization === expected
    }
    return form.get('client_id') === oauthClient.id && form.get('client_secret') === oauthClient.secret
  }

  function forCode(form: URLSearchParams): FakeReply {
    const given = form.get('code') ?? ''
    const code = codes.get(given)
    codes.delete(given)
    const verifier = form.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri'))
      return refused('invalid_grant')
    return granted({ withRefresh: true, scope: code.scope })
  }

  function forRefresh(form: URLSearchParams): FakeReply {
    state.refreshes += 1
    const given = form.get('refresh_token') ?? ''
    if (!refresh.has(given)) return refused('invalid_grant')
    if (state.rotates) refresh.delete(given)
    return granted({ withRefresh: state.rotates })
  }

  function granted({ withRefresh, scope }: { withRefresh: boolean; scope?: string }): FakeReply {
    const accessToken = `ya29.${randomBytes(20).toString('hex')}`
    access.add(accessToken)
    const refreshToken = `1//${randomBytes(20).toString('hex')}`
    if (withRefresh) refresh.add(refreshToken)
    return {
      json: {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: state.lastsS,
        ...(withRefresh ? { refresh_token: refreshToken } : {}),
        ...(scope === undefined ? {} : { scope }),
      },
    }
  }

  return {
    state,
    answer(call) {
      if (call.path === about.authorizePath) return authorize(call)
      return call.path === about.tokenPath ? token(call) : null
    },
    isGood: ({ headers }) => access.has(headers.authorization?.replace(/^Bearer /, '') ?? ''),
    grant() {
      const refreshToken = `1//${randomBytes(20).toString('hex')}`
      refresh.add(refreshToken)
      return refreshToken
    },
    withdraw() {
      access.clear()
      refresh.clear()
    },
    expire: () => access.clear(),
  }
}

const refused = (error: string, status = 400): FakeReply => ({
  status,
  json: { error, error_description: `No: ${error}` },
})

export type FakeOauth = Fake & { provider: OauthProvider }

/** A service of its own with a single address behind its tokens: `GET /me`. */
export async function fakeOauth(about: {
  redirectUris: readonly string[]
  auth?: 'body' | 'basic'
}): Promise<FakeOauth> {
  const provider = oauthProvider({ ...about, authorizePath: '/authorize', tokenPath: '/token' })
  const fake = await serveFake((call) => {
    const answer = provider.answer(call)
    if (answer) return answer
    if (!provider.isGood(call)) return { status: 401, json: { error: 'invalid_token' } }
    return call.path === '/me' ? { json: { id: 'ada' } } : { status: 404, json: {} }
  })
  return { ...fake, provider }
}
