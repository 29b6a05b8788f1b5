import {
  fail,
  type Http,
  type HttpPart,
  isJsonObject,
  type JsonObject,
  objectIn,
  textIn,
} from '../kit/index.ts'

interface Call {
  /** Below the phone number. */
  path: string
  body?: JsonObject
  parts?: readonly HttpPart[]
}

/** Too fast, for the app, the number or the pair of numbers: nothing was sent. */
const later = new Set([4, 80007, 130429, 131048, 131056])

const hints: Record<number, string> = {
  190: 'Meta refuses the access token. Replace it in the connection.',
  131026: 'The message cannot be delivered: the number may not be on WhatsApp, or does not accept it.',
  131047: 'More than 24 hours have passed since their last message: send an approved template.',
  132000: 'The template takes another number of values.',
  132001: 'There is no such template in this language.',
}

/** One request of Meta's Graph API for the connection's number; errors have Meta's own number. */
export async function callCloud(http: Http, { path, body, parts }: Call): Promise<JsonObject> {
  const reply = await http({
    method: 'POST',
    url: path,
    ...(body ? { body } : {}),
    ...(parts ? { parts } : {}),
  })
  const said = isJsonObject(reply.body) ? reply.body : {}
  const error = objectIn(said, 'error')
  if (reply.status < 400 && !error) return said
  const code = typeof error?.code === 'number' ? error.code : null
  if (code === null) throw fail(`http_${reply.status}`, `Meta answered with status ${reply.status}`)
  const detail = textIn(objectIn(error, 'error_data'), 'details') || textIn(error, 'message')
  throw fail(`whatsapp_${code}`, hints[code] ?? `Meta refused this: ${detail}`, {
    retryable: later.has(code),
  })
}
