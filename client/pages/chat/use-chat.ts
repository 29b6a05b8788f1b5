import { useEffect, useReducer, useState } from 'react'
import { askJson, textIn } from '../people/api.ts'
import { type Change, change, lastSaid, type Trouble } from './conversation.ts'
import { keep, kept } from './keep.ts'
import { listen } from './listen.ts'

/** A chat with the workflow at `url`; `name` is what this tab keeps it by. */
export function useChat({ url, name }: { url: string; name: string }) {
  const [chat, tell] = useReducer(change, name, kept)
  const [reached, setReached] = useState(true)
  const { conversation, pending } = chat
  useEffect(() => keep(name, chat), [name, chat])

  const [run, token] = [pending?.ticket?.run, pending?.ticket?.token]
  useEffect(() => {
    if (run === undefined || token === undefined) return
    const asked = new URLSearchParams({ run, conversation, token })
    return listen(`${url}/stream?${asked}`, { onChange: tell, onReach: setReached })
  }, [url, run, token, conversation])

  const say = (text: string, id: string = crypto.randomUUID()) => {
    if (pending) return
    tell({ type: 'said', id, text })
    void askJson(url, { conversation, message: text, id }).then((reply) => {
      const ticket = reply.ok ? { run: textIn(reply.body, 'run'), token: textIn(reply.body, 'token') } : null
      tell(ticket ? { type: 'accepted', ticket } : { type: 'refused', trouble: troubleOf(reply) })
    })
  }
  return {
    chat,
    reached,
    say,
    /** The same message once more, as the same if it was never sent. */
    sayAgain: () => {
      const last = lastSaid(chat)
      if (!last) return
      const sent = chat.entries.at(-1)?.from === 'page'
      say(last.text, sent ? undefined : last.id)
    },
    clear: () => tell({ type: 'cleared', conversation: crypto.randomUUID() } satisfies Change),
  }
}

function troubleOf(reply: { ok: boolean; status?: number }): Trouble {
  if (reply.status === 404) return 'closed'
  return reply.status === 429 ? 'too_many' : 'not_sent'
}
