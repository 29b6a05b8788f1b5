import { createChatDoor } from '../chat/serve-chat.ts'
import { serveEvent } from '../events/serve-event.ts'
import { createFormDoor } from '../forms/serve-form.ts'
import type { HookKind } from './find-hook.ts'
import type { HookDoor } from './hook-call.ts'
import { serveWebhook } from './serve-webhook.ts'

/** Who answers at a public address. A kind that is not here is not found. */
export const doors: Partial<Record<HookKind, HookDoor>> = {
  webhook: serveWebhook,
  event: serveEvent,
  chat: createChatDoor(),
  form: createFormDoor(),
}
