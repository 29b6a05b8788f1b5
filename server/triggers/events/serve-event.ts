import type { Received } from '#nodes/kit/define-node.ts'
import { StepFailure } from '#nodes/kit/failure.ts'
import { eventKey } from '#server/runtime/event-key.ts'
import type { Answer } from '../hooks/answer.ts'
import { becauseGone } from '../hooks/because-gone.ts'
import { incomingHeaders, outgoingHeaders } from '../hooks/headers.ts'
import type { HookCall } from '../hooks/hook-call.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { checkShape, jsonLimits, readText } from '../read-json.ts'

const MOST_RUNS = 1_000

/**
 * A service calls about what happened there. Its trigger checks the signature over the bytes as they came; each event
 * starts one run, however often it is delivered; and the service gets the answer it expects once all are committed.
 */
export async function serveEvent(call: HookCall): Promise<Answer> {
  const { parts, hook, request } = call
  if (request.method !== 'GET' && request.method !== 'POST') throw wrongMethod()
  const { reply, runs } = await received(call)
  if (runs.length > MOST_RUNS) throw refusal(413, 'too_large', `At most ${MOST_RUNS} events in one delivery`)
  const { tenantId, workflowId, version, nodeKey } = hook
  const accepting = runs.map(({ output, key }) =>
    parts.runtime.accept({
      tenantId,
      workflowId,
      version,
      triggerKey: nodeKey,
      startedBy: 'event',
      input: output,
      ...(key ? { dedupeKey: `event:${nodeKey}:${eventKey(key)}` } : {}),
    }),
  )
  await Promise.all(accepting).catch(becauseGone)
  return { status: reply.status, headers: headersOf(reply), body: reply.body }
}

function headersOf({ headers, body }: Received['reply']): Record<string, string> {
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  return { 'content-type': type, ...outgoingHeaders(headers) }
}

async function received({ parts, hook, query, request }: HookCall): Promise<Received> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  refuseMisshapen(body)
  try {
    return await parts.runtime.receive(hook, {
      method: request.method,
      headers: incomingHeaders(request.headers),
      query: Object.fromEntries(query),
      body,
    })
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    const { code, message } = error.failure
    if (code === 'bad_signature') throw refusal(401, code, message)
    if (code === 'bad_request') throw refusal(400, code, message)
    // What is wrong on our side is nothing a stranger is told; the service tries again later.
    parts.log.warn({ code, workflowId: hook.workflowId, node: hook.nodeKey }, 'An event could not be taken')
    throw refusal(503, 'unavailable', 'This address cannot take events now')
  }
}

/** JSON that is too deep or too much to be stored is not even looked at, whoever sent it. */
function refuseMisshapen(body: Buffer): void {
  if (/^\s*[[{]/.test(body.subarray(0, 100).toString('latin1'))) checkShape(readText(body), jsonLimits)
}

function wrongMethod() {
  const message = 'This address takes GET, POST'
  return new HttpRefusal({
    status: 405,
    code: 'method_not_allowed',
    message,
    headers: { allow: 'GET, POST' },
  })
}

function refusal(status: number, code: string, message: string) {
  return new HttpRefusal({ status, code, message })
}
