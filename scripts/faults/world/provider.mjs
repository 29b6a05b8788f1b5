// The world outside: a service that stores every call it gets with its key, and is not always well.
import { createServer } from 'node:http'
import { randomFrom } from '../random.ts'

const { seed, errors } = JSON.parse(process.argv[2])
const random = randomFrom(seed)
const calls = []
const seen = new Set()

/** Which run and step it says it is, in its JSON or, where that is not ours to choose, in its text. */
function whoCalls(url, text) {
  const body = JSON.parse(text)
  if (!url.startsWith('/api/')) return { run: body.run, step: body.step }
  const [run, step] = String(body.text).split(' ')
  return { run, step }
}

const server = createServer((request, response) => {
  let text = ''
  request.on('error', () => undefined)
  request.on('data', (part) => {
    text += part
  })
  request.on('end', () => answer({ request, response, text }))
})

function answer({ request, response, text }) {
  if (request.url === '/record') return response.end(JSON.stringify(calls))
  const once = request.url.startsWith('/api/')
  const key = request.headers['idempotency-key'] ?? null
  // Not twice: a caller that is out of tries has nothing to do with us.
  const chance = once || seen.has(key) ? 1 : random.next()
  seen.add(key)
  const kind = chance < errors ? (chance < errors / 2 ? 'reset' : 'error') : 'ok'
  calls.push({
    ...whoCalls(request.url, text),
    once,
    kind,
    key,
    pid: Number(request.headers['x-faults-process'] ?? 0),
    at: Date.now(),
  })
  setTimeout(
    () => {
      // It has done what it was asked, and the caller never hears of it.
      if (kind === 'reset') return request.socket.destroy()
      response.setHeader('content-type', 'application/json')
      response.statusCode = kind === 'error' ? 503 : 200
      response.end(JSON.stringify(once ? { ok: true, channel: 'C1', ts: '1.1' } : { took: kind }))
    },
    random.between(0, 30),
  )
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.once('disconnect', () => process.exit())
