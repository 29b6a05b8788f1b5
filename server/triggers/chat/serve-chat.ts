import { z } from 'zod'
import { triggerChat } from '#nodes/trigger/chat.ts'
import { notFound } from '#server/errors.ts'
import { goneSignal } from '../gone-signal.ts'
import type { Answer } from '../hooks/answer.ts'
import { becauseGone } from '../hooks/because-gone.ts'
import type { Hook } from '../hooks/find-hook.ts'
import type { HookCall, HookDoor } from '../hooks/hook-call.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { json } from '../public/json.ts'
import { createPace } from '../public/pace.ts'
import { readObject } from '../public/read-object.ts'
import { sendEvents } from '../public/sse.ts'
import { triggerParams } from '../public/trigger-params.ts'
import { wrongMethod } from '../public/wrong-method.ts'
import { createFollowers } from './followers.ts'
import { messagesOf } from './messages-of.ts'

export const chatLimits = {
  messageBytes: 8 * 1024,
  bodyBytes: 64 * 1024,
  /** `look`: each reads the whole workflow. */
  perMinute: { address: 40, conversation: 15, page: 600, look: 120 },
  /** Streams at once in this process. */
  streams: 1_000,
} as const

const MINUTE_MS = 60_000

const Message = z.strictObject({
  conversation: z.uuidv4('Must be a random UUID, made once for each conversation'),
  message: z
    .string()
    .trim()
    .min(1, 'Write something')
    .refine((text) => Buffer.byteLength(text) <= chatLimits.messageBytes, 'At most 8 KB'),
  /** Names this message, so that sending it again starts nothing twice. */
  id: z.uuid().optional(),
})

const Asked = z.object({ run: z.uuid(), conversation: z.uuid(), token: z.string().max(100) })

/** A chat page's own API: its settings, messages, and the answers as they are written. */
export function createChatDoor(): HookDoor {
  const followers = createFollowers()
  const paces = {
    address: createPace({ most: chatLimits.perMinute.address, everyMs: MINUTE_MS }),
    conversation: createPace({ most: chatLimits.perMinute.conversation, everyMs: MINUTE_MS }),
    page: createPace({ most: chatLimits.perMinute.page, everyMs: MINUTE_MS }),
    look: createPace({ most: chatLimits.perMinute.look, everyMs: MINUTE_MS }),
  }
  let streams = 0

  return async (call) => {
    const { hook, request } = call
    const method = request.method === 'HEAD' ? 'GET' : request.method
    switch (`${method} ${hook.rest}`) {
      case 'GET ':
        paces.look.step(`${pageOf(hook)} ${request.ip}`)
        return settings(call)
      case 'POST ':
        return take(call)
      case 'GET stream':
        return stream(call)
      default:
        throw hook.rest === '' ? wrongMethod('GET, POST') : notFound()
    }
  }

  async function take({ parts, hook, request }: HookCall): Promise<Answer> {
    paces.address.step(`${pageOf(hook)} ${request.ip}`)
    const { conversation, message, id } = readObject(request, {
      shape: Message,
      bytes: chatLimits.bodyBytes,
    })
    paces.conversation.step(`${pageOf(hook)} ${conversation}`)
    paces.page.step(pageOf(hook))
    const { tenantId, workflowId, version, nodeKey } = hook
    const { runId } = await parts.runtime
      .accept({
        ...{ tenantId, workflowId, version, triggerKey: nodeKey, startedBy: 'chat' },
        input: { conversation, message },
        ...(id ? { dedupeKey: `chat:${nodeKey}:${conversation}:${id}` } : {}),
      })
      .catch(becauseGone)
    // From now on, so that nothing is missed of what is written before the page asks for it.
    followers.of(parts, { tenantId, runId })
    return json(202, { run: runId, token: parts.links.sign(opens(hook, { run: runId, conversation })) })
  }

  async function stream({ parts, hook, query, request, reply }: HookCall): Promise<null> {
    const asked = Asked.safeParse(Object.fromEntries(query)).data
    // Whoever holds no token of ours learns nothing, not even whether there is such a run.
    if (!asked || !parts.links.isOurs(asked.token, opens(hook, asked))) throw notFound()
    if (streams >= chatLimits.streams) throw full()
    const signal = goneSignal(reply, parts.closing)
    const follower = followers.of(parts, { tenantId: hook.tenantId, runId: asked.run })
    const from = Number(request.headers['last-event-id'] ?? 0)
    streams += 1
    void sendEvents(reply, messagesOf(follower, { from: Number.isInteger(from) ? from : 0, signal })).finally(
      () => {
        streams -= 1
      },
    )
    return null
  }
}

async function settings({ parts, hook }: HookCall): Promise<Answer> {
  const { title, greeting, suggestions, accent } = await triggerParams(parts.app, {
    trigger: hook,
    params: triggerChat.params,
  })
  return json(200, { title, greeting, suggestions, accent: accent ?? null })
}

const pageOf = ({ tenantId, workflowId, nodeKey }: Hook) => `${tenantId} ${workflowId} ${nodeKey}`

/** An answer belongs to its conversation: the run's id alone opens nothing. */
function opens({ tenantId, workflowId }: Hook, about: { run: string; conversation: string }) {
  return ['chat', tenantId, workflowId, about.run, about.conversation] as const
}

function full() {
  return new HttpRefusal({
    status: 503,
    code: 'busy',
    message: 'Too many people are chatting; try again in a moment',
    headers: { 'retry-after': '2' },
  })
}
