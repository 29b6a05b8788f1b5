import { encodeJson } from '#server/db/json.ts'
import { failureKey } from './failure-key.ts'
import type { Line } from './line.ts'

/** What has become of a run, as the columns of a `json_to_recordset`. */
export const STATE_SHAPE = `last_seq int, status text, output json, failure json, failure_key text, responded json,
    wake_ms float8, cost float8, input_tokens bigint, output_tokens bigint`

/** The same of a line, for `jsonRow`. */
export function stateOf({ workflowId, events, change, used }: Line) {
  const ended = change && 'output' in change ? change : undefined
  return {
    plain: {
      last_seq: events.at(-1)?.seq ?? 0,
      status: change?.status ?? null,
      failure_key: ended?.failure ? failureKey({ workflowId, failure: ended.failure }) : null,
      wake_ms: change?.status === 'waiting' ? change.wakeAtMs : null,
      cost: used.costUsd,
      input_tokens: used.inputTokens,
      output_tokens: used.outputTokens,
    },
    texts: {
      output: ended ? encodeJson(ended.output) : null,
      failure: ended?.failure ? encodeJson({ ...ended.failure }) : null,
      responded: respondedText(events),
    },
  }
}

/** What the caller is answered, for whoever waits for it in another process. */
function respondedText(events: Line['events']): string | null {
  for (const { event } of events)
    if (event.type === 'run.responded') {
      const { status, headers, body } = event
      return encodeJson({ status, headers, body })
    }
  return null
}
