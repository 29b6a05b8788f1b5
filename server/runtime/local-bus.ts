import type { Bus, Notice } from './bus.ts'
import type { Log } from './log.ts'

/** The part of a bus that is the same over Postgres and Redis: who listens here, and what is still to be sent. */
export interface LocalBus extends Pick<Bus, 'publish' | 'subscribe'> {
  /** What another process published. */
  receive(text: string): void
  /** Something may have been missed. */
  missed(): void
}

// A NOTIFY carries less than 8,000 bytes.
const MOST_BYTES = 7_500
/** How long news for other processes is gathered. */
const GATHER_MS = 10

/** `send` gives texts to the others; what fails is dropped, as everyone also looks from time to time. */
export function localBus(about: { log: Log; send: (texts: string[]) => Promise<void> }): LocalBus {
  const { log, send } = about
  const sender = crypto.randomUUID()
  const listeners = new Set<(notice: Notice) => void>()
  let outbox: Notice[] = []
  let sending = false

  function tell(notice: Notice) {
    for (const listener of listeners) {
      try {
        listener(notice)
      } catch (error) {
        log.error({ error }, 'A listener of the bus threw')
      }
    }
  }

  async function flush() {
    sending = true
    while (outbox.length > 0) {
      // Many at once cost the others little more than one.
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
      const notices = outbox
      outbox = []
      try {
        await send(inTexts(sender, notices))
      } catch (error) {
        log.debug({ error, notices: notices.length }, 'The bus could not be told')
      }
    }
    sending = false
  }

  return {
    publish(notices) {
      for (const notice of notices) tell(notice)
      outbox.push(...notices)
      if (!sending) void flush()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    receive(text) {
      // Everything comes back to who sent it.
      if (text.startsWith(opening(sender))) return
      for (const notice of parse(text)?.notices ?? []) tell(notice)
    },
    missed: () => tell({ kind: 'missed' }),
  }
}

const opening = (sender: string) => `{"sender":"${sender}"`

interface Message {
  notices: Notice[]
}

function inTexts(sender: string, notices: readonly Notice[]): string[] {
  const texts: string[] = []
  let parts: string[] = []
  let bytes = 0
  const close = () => {
    if (parts.length > 0) texts.push(`${opening(sender)},"notices":[${parts.join(',')}]}`)
    parts = []
    bytes = 0
  }
  for (const notice of notices) {
    const part = JSON.stringify(notice)
    if (bytes + part.length > MOST_BYTES - 100) close()
    parts.push(part)
    bytes += part.length + 1
  }
  close()
  return texts
}

/** Only our own processes reach the channel; a text of another version is passed over. */
function parse(text: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(text)
    return isMessage(message) ? message : undefined
  } catch {
    return undefined
  }
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'notices' in value && Array.isArray(value.notices)
}
