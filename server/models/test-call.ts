// For tests: a question to a fake, through the real egress client.
import { afterEach } from 'vitest'
import type { HttpRequest } from '#nodes/kit/http.ts'
import { createEgress } from '#server/egress/client.ts'
import { guardedFetch } from '#server/egress/fetch.ts'
import type { ModelCall } from './model-call.ts'
import { costOf } from './prices.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

/** Closes a fake after the test. */
export function until<Fake extends { close(): Promise<unknown> }>(fake: Fake): Fake {
  open.push(() => fake.close())
  return fake
}

export function callTo(
  fake: { url: string },
  about: Partial<ModelCall> & {
    attach: (request: HttpRequest) => HttpRequest
    hosts?: string[]
    maxBytes?: number
  },
): ModelCall {
  const { attach, hosts = ['127.0.0.1'], ...rest } = about
  const egress = createEgress({ allow: ['127.0.0.1'] })
  open.push(() => egress.close())
  const signal = rest.signal ?? new AbortController().signal
  return {
    model: 'claude-sonnet-5-5',
    baseUrl: fake.url,
    fetch: guardedFetch({ stream: egress.stream, connection: { hosts, attach }, signal }),
    messages: [{ role: 'user', text: 'Hello' }],
    maxTokens: 1_000,
    priced: (usage) => ({ ...usage, costUsd: costOf(usage, null) }),
    ...rest,
    signal,
  }
}
