import { z } from 'zod'
import { JsonObject } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { ModelMessage } from '#nodes/kit/model.ts'
import { newId } from '#server/db/id.ts'
import { decodeJson, encodeJson } from '#server/db/json.ts'
import { asTenant, writeAsTenant } from '../as-tenant.ts'
import { paired } from './paired.ts'
import type { StepAbout } from './step-about.ts'

const MOST_TEXT = 100_000
/** Of all that is remembered at once: it is kept in the run's record, and read by a model. */
const MOST_TEXT_AT_ONCE = 1_000_000

const Message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    text: z.string(),
    calls: z.array(z.object({ id: z.string(), name: z.string(), args: JsonObject })),
  }),
  z.object({
    role: z.literal('tool'),
    results: z.array(z.object({ id: z.string(), name: z.string(), output: z.string(), failed: z.boolean() })),
  }),
])

type Place = Pick<StepAbout, 'pool' | 'tenantId' | 'workflowId' | 'node' | 'idempotencyKey'>

/** `ctx.memory` of one step: each agent of a workflow remembers its own conversations. */
export function memoryFor(step: Place): Means['memory'] {
  const { pool, tenantId, workflowId, node } = step
  // The one sign that no text column takes.
  const keyOf = (conversation: string) => conversation.replaceAll('\u0000', '')
  return {
    async read({ conversation, most }) {
      const { rows } = await asTenant(pool, tenantId, (db) =>
        db.query<{ message: unknown }>(
          `SELECT message FROM (
             SELECT message, created_at, id FROM conversation_message
             WHERE tenant_id = $1 AND workflow_id = $2 AND agent = $3 AND conversation = $4
             ORDER BY created_at DESC, id DESC LIMIT $5
           ) newest ORDER BY created_at, id`,
          [tenantId, workflowId, node.key, keyOf(conversation), most],
        ),
      )
      return paired(newest(rows.map(({ message }) => Message.parse(decodeJson(message)))))
    },
    async append({ conversation, messages }) {
      if (messages.length === 0) return
      const { sources, ids, texts } = rowsOf(step, messages)
      // All of one turn has the same moment: turns of two runs at once do not mix.
      await writeAsTenant(pool, tenantId, (db) =>
        db.query(
          `INSERT INTO conversation_message (tenant_id, id, workflow_id, agent, conversation, source, message, created_at)
           SELECT $1, m.id, $2, $3, $4, m.source, m.message::json, now()
           FROM unnest($5::uuid[], $6::text[], $7::text[]) AS m(id, source, message)
           ON CONFLICT (tenant_id, workflow_id, agent, conversation, source) DO NOTHING`,
          [tenantId, workflowId, node.key, keyOf(conversation), ids, sources, texts],
        ),
      )
    },
  }
}

/** As many of the last as fit together. */
function newest(messages: readonly ModelMessage[]): ModelMessage[] {
  let left = MOST_TEXT_AT_ONCE
  const from = messages.findLastIndex((message) => {
    left -= JSON.stringify(message).length
    return left < 0
  })
  return messages.slice(from + 1)
}

/** A step that runs again writes the same sources, which are there already. Ids keep the order within a moment. */
function rowsOf({ idempotencyKey }: Place, messages: readonly ModelMessage[]) {
  const now = Date.now()
  return {
    sources: messages.map((_, at) => `${idempotencyKey}#${at}`),
    ids: messages.map((_, at) => newId(now + at)),
    texts: messages.map((message) => encodeJson(JSON.parse(JSON.stringify(short(message))))),
  }
}

function short(message: ModelMessage): ModelMessage {
  const cut = (text: string) => text.slice(0, MOST_TEXT)
  switch (message.role) {
    case 'user':
      return { role: message.role, text: cut(message.text) }
    case 'assistant':
      return {
        ...{ role: message.role, text: cut(message.text) },
        calls: message.calls.map(({ id, name, args }) => ({ id, name, args })),
      }
    case 'tool':
      return {
        role: message.role,
        results: message.results.map((one) => ({ ...one, output: cut(one.output) })),
      }
  }
  return message satisfies never
}
