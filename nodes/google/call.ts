import { fail, type Http, type HttpRequest, isJsonObject, type Json, type JsonObject } from '../kit/index.ts'

export const gmailUrl = 'https://gmail.googleapis.com/gmail/v1/users/me'
export const sheetsUrl = 'https://sheets.googleapis.com/v4/spreadsheets'

/** Asks Google; an answer that is an error becomes the step's failure, in Google's words. */
export async function callGoogle(http: Http, request: HttpRequest): Promise<JsonObject> {
  const { status, body } = await http(request)
  if (status >= 400) throw refused(status, body)
  return isJsonObject(body) ? body : {}
}

function refused(status: number, body: Json) {
  const error = isJsonObject(body) && isJsonObject(body.error) ? body.error : {}
  const said = typeof error.message === 'string' ? error.message.slice(0, 300) : `status ${status}`
  const name = typeof error.status === 'string' ? error.status.toLowerCase() : String(status)
  const [first] = Array.isArray(error.errors) ? error.errors : []
  const reason = isJsonObject(first) ? first.reason : undefined
  // Google says 403 for “too many requests” too.
  const later = reason === 'rateLimitExceeded' || reason === 'userRateLimitExceeded'
  return fail(`google_${name}`, `Google refused: ${said}`, { retryable: later || name === 'aborted' })
}
