import { isJson, type Json } from '#nodes/kit/json.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { readJson, readText } from '../read-json.ts'
import { fromPairs } from './from-pairs.ts'

const MAX_FIELDS = 1_000
const TEXT = /^(?:text\/.+|application\/(?:xml|javascript|x-ndjson|ndjson|yaml|x-yaml|graphql|.+\+xml))$/
const JSON_TYPE = /^(?:application\/json|.+\/.+\+json)$/

/**
 * A hook's body as the workflow gets it: JSON parsed, a form as an object, text as text, anything else as base64 text.
 */
export function readBody(bytes: Buffer, contentType: string | undefined): Json {
  if (bytes.length === 0) return null
  const { media, charset } = parseType(contentType)
  if (media === 'multipart/form-data')
    throw unsupported(
      'Forms with files are not taken here. Send JSON, application/x-www-form-urlencoded, or the file itself.',
    )
  const isText = media === '' || TEXT.test(media)
  const isForm = media === 'application/x-www-form-urlencoded'
  const isJson = JSON_TYPE.test(media)
  if (!isText && !isForm && !isJson) return bytes.toString('base64')
  if (charset !== 'utf-8') throw unsupported(`The charset ${charset} is not taken here; send UTF-8`)
  const text = readText(bytes)
  if (isJson) return asJson(readJson(text))
  return isForm ? readForm(text) : text
}

function readForm(text: string): Json {
  const pairs = [...new URLSearchParams(text)]
  if (pairs.length > MAX_FIELDS) throw tooMany()
  return fromPairs(pairs)
}

/** What `JSON.parse` gave is JSON; zod's check would copy it and lose keys such as `__proto__`. */
function asJson(value: unknown): Json {
  if (isJson(value)) return value
  throw new Error('JSON.parse gave something that is not JSON')
}

function parseType(contentType = '') {
  const [media = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length)
  const charset = given?.replace(/^"|"$/g, '') ?? 'utf-8'
  return { media, charset: ['utf8', 'us-ascii'].includes(charset) ? 'utf-8' : charset }
}

function unsupported(message: string) {
  return new HttpRefusal({ status: 415, code: 'invalid', message })
}

function tooMany() {
  return new HttpRefusal({
    status: 400,
    code: 'invalid',
    message: `A form holds at most ${MAX_FIELDS} fields`,
  })
}
