import type { Json } from '#nodes/kit/json.ts'
import type { NewRun } from '#server/runtime/runtime.ts'
import { goneSignal } from '../gone-signal.ts'
import { idempotencyOf } from '../idempotency.ts'
import { type Answer, accepted, answerOf } from './answer.ts'
import { becauseGone } from './because-gone.ts'
import { fromPairs } from './from-pairs.ts'
import { incomingHeaders } from './headers.ts'
import type { HookCall } from './hook-call.ts'
import { hookLimits } from './limits.ts'
import { readBody } from './read-body.ts'

/** A webhook trigger: the request is the run's input. */
export async function serveWebhook({ parts, hook, path, query, request, reply }: HookCall): Promise<Answer> {
  const { runtime, closing } = parts
  const input: Json = {
    method: request.method,
    path,
    headers: incomingHeaders(request.headers),
    query: fromPairs(query),
    body: Buffer.isBuffer(request.body) ? readBody(request.body, request.headers['content-type']) : null,
  }
  const run: NewRun = {
    tenantId: hook.tenantId,
    workflowId: hook.workflowId,
    version: hook.version,
    triggerKey: hook.nodeKey,
    startedBy: 'webhook',
    input,
    ...idempotencyOf(request, `hook:${hook.nodeKey}`),
  }
  if (hook.answer === 'at_once') return accepted((await runtime.accept(run).catch(becauseGone)).runId)
  const signal = goneSignal(reply, closing)
  const { runId, result } = await runtime.call(run, { waitMs: hookLimits.waitMs, signal }).catch(becauseGone)
  return answerOf({ hook, runId, result, requestId: request.id })
}
