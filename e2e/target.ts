import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

/** Another company's system: answers calls, remembers them, and can be told to keep callers waiting. */
export interface Target {
  host: string
  url: string
  calls: { path: string; headers: IncomingHttpHeaders; body: string }[]
  /** From now on nobody is answered until `answer` is called. */
  hold(): void
  answer(): void
  /** From now on everybody is told that it is away, until `mend` is called. */
  fail(): void
  mend(): void
  stop(): Promise<void>
}

export async function startTarget(): Promise<Target> {
  const calls: Target['calls'] = []
  const waiting: ServerResponse[] = []
  let held = false
  let down = false
  const reply = (response: ServerResponse) => {
    response.statusCode = down ? 503 : 200
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ courier: 'Bike', days: 2 }))
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      calls.push({ path: request.url ?? '', headers: request.headers, body })
      if (held) waiting.push(response)
      else reply(response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  const host = `127.0.0.1:${address.port}`
  return {
    host,
    url: `http://${host}`,
    calls,
    hold() {
      held = true
    },
    answer() {
      held = false
      for (const response of waiting.splice(0)) reply(response)
    },
    fail() {
      down = true
    },
    mend() {
      down = false
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
