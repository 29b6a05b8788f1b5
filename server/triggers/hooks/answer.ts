import type { ResponseToCaller } from '#nodes/kit/define-node.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { RunResult } from '#server/runtime/new-run.ts'
import type { Hook } from './find-hook.ts'
import { outgoingHeaders } from './headers.ts'

/** What a hook's caller is sent. A `string` body is sent as it is. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Json
}

const JSON_TYPE = 'application/json; charset=utf-8'

export function accepted(runId: string): Answer {
  return json(202, { runId })
}

/** What a run's result says to the caller who waited for it; `null` is a run that takes longer than a caller waits. */
export function answerOf(about: {
  hook: Hook
  runId: string
  result: RunResult | null
  requestId: string
}): Answer {
  const { hook, runId, result, requestId } = about
  if (!result) {
    const answer = json(202, { runId, status: 'running' })
    return { ...answer, headers: { ...answer.headers, location: `/api/v1/runs/${runId}` } }
  }
  switch (result.status) {
    case 'responded':
      return result.response
        ? fromNode(result.response, { runId, requestId })
        : failed(500, { code: 'unexpected', message: 'The run answered with nothing', runId, requestId })
    case 'succeeded':
      // By a node, but none was reached: the caller learns at least which run it was.
      return json(200, hook.answer === 'by_node' ? { runId } : (result.output ?? null))
    case 'failed': {
      const { code = 'unexpected', message = 'The run failed' } = result.failure ?? {}
      return failed(500, { code, message, runId, requestId })
    }
    case 'cancelled':
      return failed(503, { code: 'cancelled', message: 'The run was cancelled', runId, requestId })
  }
  return result.status satisfies never
}

function fromNode(response: ResponseToCaller, about: { runId: string; requestId: string }): Answer {
  const headers = outgoingHeaders(response.headers)
  const { status, body } = response
  if (!headers || !Number.isInteger(status) || status < 200 || status > 599)
    return failed(500, {
      code: 'header_invalid',
      message: 'The workflow answered with a status or a header that HTTP does not allow',
      ...about,
    })
  if (typeof body === 'string')
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body }
  return { status, headers: { ...headers, 'content-type': headers['content-type'] ?? JSON_TYPE }, body }
}

function failed(
  status: number,
  body: { code: string; message: string; runId: string; requestId: string },
): Answer {
  return json(status, body)
}

function json(status: number, body: Json): Answer {
  return { status, headers: { 'content-type': JSON_TYPE }, body }
}
