import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Json } from '#nodes/kit/json.ts'

/** One message of an event stream. */
export interface Message {
  event: string
  data: Json
  /** Where the browser says it is when it comes back. */
  id?: string
}

const PING_MS = 15_000
const RETRY_MS = 700

/** Sends messages as they come; ends with them, or when nobody listens any more. */
export async function sendEvents(reply: FastifyReply, messages: AsyncIterable<Message>): Promise<void> {
  const stream = new PassThrough()
  reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  reply.send(stream)
  const pings = setInterval(() => stream.write(': \n\n'), PING_MS)
  try {
    stream.write(`retry: ${RETRY_MS}\n\n`)
    for await (const message of messages) stream.write(written(message))
  } finally {
    clearInterval(pings)
    stream.end()
  }
}

function written({ event, data, id }: Message): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
