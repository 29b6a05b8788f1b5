import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Random } from './random.ts'
import { hookPaths } from './workflows.ts'

const Reply = z.object({ runId: z.uuid() })
/** A caller that gets no answer tries again with the same key, for this long. */
const PATIENCE_MS = 90_000
const ANSWER_MS = 20_000
/** How often a call is made once more although it was answered: both must be told of the same run. */
const REPEATED = 0.05

/** A trigger that was acknowledged: it must have become exactly one run. */
export interface Acknowledged {
  key: string
  path: string
  runId: string
}

interface About {
  /** Where the web processes are. */
  origins: () => readonly string[]
  perSecond: number
  random: Random
}

/** Calls hooks at a steady pace, whatever happens to who answers. */
export function startLoad({ origins, perSecond, random }: About) {
  const acknowledged: Acknowledged[] = []
  /** Nobody ever said yes to these: there may be a run, or none. */
  const givenUp: string[] = []
  const pending = new Set<Promise<void>>()
  let count = 0
  let stopped = false

  async function callOnce(path: string, key: string): Promise<{ runId: string } | { why: string }> {
    const reply = await fetch(`${random.one(origins())}/hooks/bench/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ key, lane: `lane ${key.at(-1)}` }),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const text = await reply.text()
    const said = reply.ok ? Reply.safeParse(JSON.parse(text)) : undefined
    return said?.success ? said.data : { why: `${reply.status} ${text.slice(0, 200)}` }
  }
  // A connection that broke, an answer that did not come: nothing is known, so it is asked again.
  const tryOnce = (path: string, key: string) =>
    callOnce(path, key).catch((error: unknown) => ({ why: whyOf(error) }))

  async function caller(path: string, key: string) {
    const until = Date.now() + PATIENCE_MS
    let last = ''
    while (Date.now() < until) {
      const said = await tryOnce(path, key)
      if ('runId' in said) {
        acknowledged.push({ key, path, runId: said.runId })
        if (random.next() < REPEATED) await again(path, key)
        return
      }
      last = said.why
      await sleep(random.between(100, 500))
    }
    givenUp.push(`${key}: ${last}`)
  }

  async function again(path: string, key: string) {
    const said = await tryOnce(path, key)
    if ('runId' in said) acknowledged.push({ key, path, runId: said.runId })
  }

  const going = (async () => {
    while (!stopped) {
      const path = random.one(hookPaths)
      const call = caller(path, `${path}-${count++}`).finally(() => pending.delete(call))
      pending.add(call)
      await sleep(1_000 / perSecond)
    }
  })()

  return {
    acknowledged,
    givenUp,
    get sent() {
      return count
    },
    /** No new calls; resolves once those under way are answered or given up. */
    async stop() {
      stopped = true
      await going
      await Promise.all(pending)
    },
  }
}
/** `fetch` says little by itself: the reason is the cause's. */
const whyOf = (error: unknown) =>
  error instanceof Error && error.cause instanceof Error ? `${error} (${error.cause})` : String(error)

export type Load = ReturnType<typeof startLoad>
