import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { HttpReply } from '#nodes/kit/http.ts'

/** A failed connection, as a step's failure. */
export function asFailure(error: unknown, host: string): StepFailure {
  if (error instanceof StepFailure) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof StepFailure) return cause
  const code = codeOf(cause) ?? codeOf(error) ?? ''
  if (isTls(code))
    return fail('tls', `The certificate of ${host} cannot be trusted (${code.toLowerCase()})`, {
      retryable: false,
    })
  if (code.endsWith('_TIMEOUT') || code === 'ETIMEDOUT')
    return fail('timeout', `${host} did not answer in time`, { retryable: true })
  const said = code === '' ? '' : ` (${code})`
  return fail('network', `The connection to ${host} failed${said}`, { retryable: true })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isTls(code: string): boolean {
  return /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|ERR_OSSL)/.test(code)
}

/** 429 and 5xx are the remote's way to say “later”. */
export function failureOfStatus(
  reply: HttpReply,
  about: { host: string; nowMs: number },
): StepFailure | null {
  const { status, headers } = reply
  if (status !== 429 && status < 500) return null
  const retryAfterMs = readRetryAfter(headers['retry-after'], about.nowMs)
  const said = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
  const excerpt = said.replaceAll(/\s+/g, ' ').slice(0, 200)
  return fail(
    status === 429 ? 'http_429' : 'http_5xx',
    `${about.host} answered ${status}${excerpt === '' ? '' : `: ${excerpt}`}`,
    { retryable: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  )
}

/** `Retry-After` in seconds or as a date. */
export function readRetryAfter(written: string | undefined, nowMs: number): number | undefined {
  const text = written?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}
