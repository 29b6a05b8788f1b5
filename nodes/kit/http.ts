import type { Json } from './json.ts'

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** Whole, or a path below the address of the step's connection (`ConnectionDefinition.address`). */
  url: string
  headers?: Record<string, string>
  /** Added to the URL's own query. */
  query?: Record<string, string>
  /** A string is sent as it is; anything else as JSON. */
  body?: Json
  /** Sent as they are, instead of `body`. */
  bytes?: Uint8Array
  /** Sent as a multipart form, instead of `body`. */
  parts?: readonly HttpPart[]
  /** The reply's body comes as `bytes`, whatever its type. */
  expect?: 'bytes'
  timeoutMs?: number
  /** Returns 429 and 5xx replies too, instead of throwing for them. */
  anyStatus?: boolean
}

export type HttpPart =
  | { name: string; value: string }
  | { name: string; filename: string; type: string; bytes: Uint8Array }

export interface HttpReply {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  /** Parsed when the response says it is JSON, else text. */
  body: Json
  /** Only when asked for with `expect: 'bytes'`; `body` is null then. */
  bytes?: Uint8Array
}

/**
 * The one way a node reaches the network. Adds the step's connection where its hosts allow.
 * Throws `StepFailure`: `egress_blocked`, `timeout`, `network`, `http_429`, `http_5xx` (retryable, Retry-After honoured).
 * Other statuses, 4xx included, are returned: the node decides (all of them with `anyStatus`).
 */
export type Http = (request: HttpRequest) => Promise<HttpReply>

/** Answers from a script keyed `METHOD url`, the query in the URL; an unscripted call fails the test. */
export function scripted(replies: Record<string, HttpReply> = {}): Http {
  return async ({ method = 'GET', url, query = {} }) => {
    const more = new URLSearchParams(query).toString()
    const whole = more === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${more}`
    const reply = replies[`${method} ${whole}`]
    if (!reply) throw new Error(`No scripted reply for ${method} ${whole}`)
    return reply
  }
}
