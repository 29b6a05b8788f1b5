import { type Failure, fail, StepFailure } from '#nodes/kit/failure.ts'

/** What an SDK's error says; both SDKs' errors have these. */
export interface ApiTrouble {
  status: number | undefined
  /** The provider's own word for it: `overloaded_error`, `insufficient_quota`. */
  kinds: readonly (string | null | undefined)[]
  message: string
  retryAfter: string | null | undefined
}

/** Another model may be asked after these; after any other the question itself is at fault, or we are. */
const passing = new Set([
  ...['model_auth', 'model_not_found', 'model_rate_limited', 'model_overloaded', 'model_unavailable'],
  ...['timeout', 'network', 'tls', 'redirected', 'invalid_response', 'response_too_large'],
  ...['connection_missing', 'connection_unreadable'],
])

export const mayAskNext = ({ code }: Failure) => passing.has(code)

/** An answer with an error in it, as the failure of a step. */
export function failureOf(trouble: ApiTrouble, model: string): StepFailure {
  const { status, kinds } = trouble
  const said = excerpt(trouble.message)
  const is = (...names: string[]) => kinds.some((kind) => typeof kind === 'string' && names.includes(kind))
  const later = { retryable: true, ...retryAfter(trouble.retryAfter) }
  if (status === 401 || status === 403 || is('authentication_error', 'permission_error', 'invalid_api_key'))
    return fail('model_auth', `The key of the connection was not accepted for ${model}.${said}`)
  if (status === 402 || is('billing_error', 'insufficient_quota'))
    return fail('model_auth', `The account of the connection cannot pay for ${model}.${said}`)
  if (status === 404 || is('not_found_error', 'model_not_found'))
    return fail('model_not_found', `There is no model ${model} at this connection.${said}`)
  if (status === 429 || is('rate_limit_error', 'rate_limit_exceeded'))
    return fail('model_rate_limited', `${model} is asked too often.${said}`, later)
  if (status === 529 || status === 503 || is('overloaded_error'))
    return fail('model_overloaded', `${model} is overloaded.${said}`, later)
  if (status === 408 || status === 504 || is('timeout_error'))
    return fail('timeout', `${model} did not answer in time.${said}`, later)
  // An error in the middle of a stream has no status, and is the provider's unless it says otherwise.
  const isTheirs = status === undefined && !is('invalid_request_error')
  if (isTheirs || (status !== undefined && status >= 500) || is('api_error', 'server_error'))
    return fail('model_unavailable', `${model} is not available.${said}`, later)
  return fail('model_rejected', `${model} did not take the question.${said}`)
}

/** What came was not what the provider promises. */
export const garbled = (model: string, why: string) =>
  fail('invalid_response', `What ${model} sent cannot be read: ${excerpt(why).trim()}`, { retryable: true })

/** The failure of ours that an SDK has wrapped, at any depth. */
export function wrapped(error: unknown): StepFailure | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++)
    if (at instanceof StepFailure) return at
  return null
}

/** Words of another server, fit to be shown: short, one line, no control signs. */
export function excerpt(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to go.
  const line = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
  return line === '' ? '' : ` It said: ${line.slice(0, 300)}`
}

function retryAfter(written: string | null | undefined): { retryAfterMs?: number } {
  const seconds = Number(written ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.round(seconds * 1000) } : {}
}
