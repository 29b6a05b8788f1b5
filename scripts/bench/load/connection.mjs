// One HTTP/1.1 connection, one request at a time, over a bare socket: what calls must cost little beside what is called.
import { once } from 'node:events'
import net from 'node:net'

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** The bytes of a POST with JSON. */
export function post({ origin, path, body }) {
  const text = JSON.stringify(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(origin).host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`)
}

/** Gives `call(bytes)`, which resolves to the status once the whole answer is there, and `close()`. */
export async function connect(origin) {
  const { hostname, port } = new URL(origin)
  const socket = net.connect({ host: hostname, port: Number(port), noDelay: true })
  let had = Buffer.alloc(0)
  let waiting
  const fail = (error) => waiting?.reject(error ?? new Error('The connection was closed'))
  socket.on('error', fail).on('close', () => fail())
  socket.on('data', (part) => {
    had = had.length === 0 ? part : Buffer.concat([had, part])
    const reply = wholeReply(had)
    if (!reply) return
    had = Buffer.alloc(0)
    const { resolve } = waiting
    waiting = undefined
    resolve(reply)
  })
  await once(socket, 'connect')
  return {
    call: (bytes) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(bytes)
      }),
    close: () => {
      waiting = undefined
      socket.destroy()
    },
  }
}

/** Status and body of the answer, unless some of it is still on its way. */
function wholeReply(bytes) {
  const end = bytes.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = bytes.latin1Slice(0, end)
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
  if (length === undefined) throw new Error(`An answer of unknown length: ${head}`)
  const from = end + END_OF_HEAD.length
  if (bytes.length < from + Number(length)) return null
  return { status: Number(head.slice(9, 12)), body: bytes.subarray(from, from + Number(length)) }
}
