import { StepFailure } from '#nodes/kit/failure.ts'
import type { Http, HttpReply, HttpRequest } from '#nodes/kit/http.ts'
import type { ConnectionDoor } from './connection-door.ts'
import { type LiveConnection, liveConnection } from './live-connection.ts'
import { type Mask, maskOf, withoutCutEnd } from './mask.ts'
import { secretsIn } from './secrets-in.ts'

export type { ConnectionDoor, OpensConnections } from './connection-door.ts'

interface Step {
  tenantId: string
  connection?: string
  kinds: readonly string[]
  signal: AbortSignal
}

/** `ctx.http` of one step. A secret joins a request when it goes out to a host it may be sent to, and not before. */
export function stepHttp(door: ConnectionDoor, step: Step): Http {
  return async (request) => {
    const { signal, tenantId, connection: id, kinds } = step
    if (!id) return door.egress.request({ ...request, signal })
    const live = await liveConnection(door, { tenantId, id, kinds })
    const secrets: string[] = []
    try {
      const reply = await sent(door, { live, request, signal, secrets })
      // A token that was withdrawn before its time: once more with a new one. What is refused was not done.
      if (reply.status !== 401 || !live.tokens) return withoutSecrets(reply, maskOf(secrets))
      const renewed = await liveConnection(door, { tenantId, id, kinds, spent: live.tokens.accessToken })
      return withoutSecrets(await sent(door, { live: renewed, request, signal, secrets }), maskOf(secrets))
    } catch (error) {
      if (error instanceof StepFailure) throw hushed(error, secrets)
      throw error
    }
  }
}

interface Sending {
  live: LiveConnection
  request: HttpRequest
  signal: AbortSignal
  /** Filled with what must not come back. */
  secrets: string[]
}

function sent({ egress }: ConnectionDoor, { live, request, signal, secrets }: Sending): Promise<HttpReply> {
  const { definition, fields, hosts } = live
  const attach = (plain: HttpRequest) => {
    const attached = definition.attach(fields, plain)
    secrets.push(...secretsIn({ definition, fields, plain, attached }))
    return attached
  }
  const url = request.url.startsWith('/')
    ? (definition.address?.(fields, request.url) ?? request.url)
    : request.url
  return egress.request({ ...request, url, signal, connection: { hosts, attach } })
}

/** A server may repeat what it was sent: the node gets an answer in which no secret is left. */
function withoutSecrets(reply: HttpReply, mask: Mask): HttpReply {
  const clean = Object.entries(reply.headers).map(([name, value]) => [name, mask(value)] as const)
  return { ...reply, headers: Object.fromEntries(clean), body: mask(reply.body) }
}

function hushed({ failure }: StepFailure, secrets: readonly string[]): StepFailure {
  const message = withoutCutEnd(maskOf(secrets)(failure.message), secrets)
  return new StepFailure({ ...failure, message })
}
