import type { Socket } from 'node:net'
import { shortId } from '#server/db/id.ts'

type ClientError = Error & { code?: string }

/** Answers what is not HTTP, or too slow or too long for it, as every other refusal is answered. */
export function answerGarbage(error: ClientError, socket: Socket) {
  if (error.code !== 'ECONNRESET' && socket.writable) socket.write(answerTo(error.code))
  socket.destroy(error)
}

function answerTo(code: string | undefined): string {
  const { status, ...told } = refusalFor(code)
  const body = JSON.stringify({ ...told, requestId: shortId(20) })
  const headers = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ]
  return `${headers.join('\r\n')}\r\n\r\n${body}`
}

function refusalFor(code: string | undefined): { status: string; code: string; message: string } {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        status: '408 Request Timeout',
        code: 'timeout',
        message: 'The request took too long to arrive',
      }
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: '431 Request Header Fields Too Large',
        code: 'limit_reached',
        message: 'The address and the headers hold at most 16 KB together',
      }
    default:
      return { status: '400 Bad Request', code: 'invalid', message: 'This is not a valid HTTP request' }
  }
}
