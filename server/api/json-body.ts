import type { FastifyInstance } from 'fastify'
import { checkShape, type JsonLimits, jsonLimits, readJson, readText } from '#server/triggers/read-json.ts'

/** A workflow document of the largest size has more values than a payload may have. */
export const documentJsonLimits: JsonLimits = { depth: jsonLimits.depth, values: 500_000 }

/** In this part of the server a body is JSON or nothing: any other media type is refused with 415. */
export function takeJson(server: FastifyInstance) {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      const text = readText(Buffer.from(body))
      done(null, text === '' ? undefined : readJson(text, documentJsonLimits))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

/** The same, but hands on the text: for a library that parses by itself. */
export function takeJsonText(server: FastifyInstance) {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      const text = readText(Buffer.from(body))
      checkShape(text, documentJsonLimits)
      done(null, text)
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
}
