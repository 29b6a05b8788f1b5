import net from 'node:net'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { createEgress } from '#server/egress/client.ts'
import { failureOf } from '#server/test/call-node.ts'
import { queryPostgres } from './postgres.ts'

// The server of a connection is whatever its tenant says it is.

const servers: net.Server[] = []
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))))
afterEach(() => vi.unstubAllEnvs())

async function serving(speak: (socket: net.Socket) => void): Promise<number> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    speak(socket)
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const { connect } = createEgress({ allow: ['127.0.0.1'] })
const login = { host: '127.0.0.1', database: 'shop', user: 'shop', password: '', tls: 'off' as const }
const select = { text: 'SELECT 1', values: [], most: 1, readOnly: false }
const query = (port: number) =>
  queryPostgres({ login: { ...login, port }, connect, signal: AbortSignal.timeout(20_000) }, select)

/** A message of PostgreSQL's protocol. */
function message(kind: string, body: Buffer, length = body.length) {
  const head = Buffer.alloc(5)
  head.write(kind, 0, 'latin1')
  head.writeInt32BE(length + 4, 1)
  return Buffer.concat([head, body])
}
const signedIn = message('R', Buffer.alloc(4))
const askPassword = message('R', Buffer.from([0, 0, 0, 3]))
const ready = message('Z', Buffer.from('I'))

/** Sends for ever, as fast as it is read. */
function pour(socket: net.Socket, counted: (bytes: number) => void) {
  const piece = Buffer.alloc(256 * 1024, 'x')
  const more = () => {
    while (!socket.destroyed) {
      counted(piece.length)
      if (!socket.write(piece)) break
    }
  }
  socket.on('drain', more)
  more()
}

test('a password of the operator’s environment goes to nobody’s database', async () => {
  vi.stubEnv('PGPASSWORD', 'operators-own')
  const heard: Buffer[] = []
  const port = await serving((socket) => {
    socket.once('data', () => {
      socket.write(askPassword)
      socket.on('data', (bytes) => {
        heard.push(Buffer.from(bytes))
        socket.destroy()
      })
    })
  })
  await failureOf(query(port))
  expect(Buffer.concat(heard).toString('latin1')).not.toContain('operators-own')
  expect(heard.length).toBe(1)
})

test('a row that never ends is given up on before it fills the memory', async () => {
  let sent = 0
  const port = await serving((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([signedIn, ready]))
      socket.once('data', () => {
        socket.write(message('D', Buffer.alloc(0), 2_000_000_000))
        pour(socket, (bytes) => {
          sent += bytes
          if (sent > 400_000_000) socket.destroy()
        })
      })
    })
  })
  expect(await failureOf(query(port))).toMatchObject({ code: 'response_too_large' })
  expect(sent).toBeLessThan(400_000_000)
})
