import { type Fake, type FakeCall, type FakeReply, serveFake } from './fake.ts'
import { gmailMailbox } from './gmail.ts'
import { type OauthProvider, oauthProvider } from './oauth.ts'
import { sheetsDrive } from './sheets.ts'

/** Google's hosts, all at one stand-in: for `TRAMA_SERVICE_HOSTS` and `createEgress({ services })`. */
export const googleHosts = [
  'accounts.google.com',
  'oauth2.googleapis.com',
  'openidconnect.googleapis.com',
  'gmail.googleapis.com',
  'sheets.googleapis.com',
]

export const googleAddress = 'shop@example.com'

export interface FakeGoogle extends Fake {
  provider: OauthProvider
  mail: ReturnType<typeof gmailMailbox>
  sheets: ReturnType<typeof sheetsDrive>
}

/** Google with one account: signing in, Gmail and Sheets; strict about tokens, addresses, media types and bodies. */
export async function fakeGoogle(about: { redirectUris: readonly string[] }): Promise<FakeGoogle> {
  const provider = oauthProvider({
    ...about,
    authorizePath: '/o/oauth2/v2/auth',
    tokenPath: '/token',
  })
  const mail = gmailMailbox(googleAddress)
  const sheets = sheetsDrive()
  const fake = await serveFake((call) => {
    const answer = provider.answer(call)
    if (answer) return answer
    if (!provider.isGood(call))
      return googleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
    return (
      service(call) ??
      googleError(404, 'NOT_FOUND', `Requested entity was not found: ${call.method} ${call.path}`)
    )
  })
  function service(call: FakeCall): FakeReply | null {
    if (call.path === '/v1/userinfo')
      return { json: { sub: '1', email: googleAddress, email_verified: true } }
    if (call.path.includes('/gmail/v1/')) return mail.answer(call)
    return call.path.startsWith('/v4/spreadsheets/') ? sheets.answer(call) : null
  }
  return { ...fake, provider, mail, sheets }
}

export function googleError(code: number, status: string, message: string): FakeReply {
  return { status: code, json: { error: { code, status, message, errors: [{ message, reason: status }] } } }
}
