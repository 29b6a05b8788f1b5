import * as oauth from 'oauth4webapi'
import type { HttpReply } from '#nodes/kit/http.ts'
import { isJsonObject } from '#nodes/kit/json.ts'
import type { EgressRequest } from '#server/egress/request.ts'
import { isOwnMachine, type OAuthClient } from './client-of.ts'

/** The guarded way out to the network (server/egress). */
export interface Way {
  request(request: EgressRequest): Promise<HttpReply>
}

const TIMEOUT_MS = 15_000

/** How the library reaches a token address: through the guard, and to no other host, whatever it is sent on to. */
export function guarded(way: Way, { oauth2 }: OAuthClient) {
  const tokenUrl = new URL(oauth2.tokenUrl)
  return {
    [oauth.allowInsecureRequests]: isOwnMachine(tokenUrl),
    [oauth.customFetch]: async (
      url: string,
      options: oauth.CustomFetchOptions<'POST', URLSearchParams>,
    ): Promise<Response> => {
      const reply = await way.request({
        method: 'POST',
        url,
        headers: options.headers,
        body: options.body.toString(),
        allowedHosts: [tokenUrl.host],
        anyStatus: true,
        timeoutMs: TIMEOUT_MS,
      })
      return asResponse(reply)
    },
  }
}

/** Who somebody is we ask for ourselves: an ID token that came along would only be one more thing to believe. */
function asResponse({ status, headers, body }: HttpReply): Response {
  const { 'content-type': type = 'text/plain' } = headers
  const init = { status: status < 200 ? 502 : status, headers: { 'content-type': type } }
  if (!isJsonObject(body)) return new Response(typeof body === 'string' ? body : '', init)
  const { id_token: _, ...rest } = body
  return new Response(JSON.stringify(rest), init)
}
