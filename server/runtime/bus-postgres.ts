import pg from 'pg'
import type { Bus } from './bus.ts'
import { localBus } from './local-bus.ts'
import type { Log } from './log.ts'

const CHANNEL = 'trama'
const RECONNECT_MS = 500
/** What it tells may be lost: its commits need not reach the disk. */
const lightly = { options: '-c synchronous_commit=off' }

/** The bus over LISTEN and NOTIFY, on one connection of its own that is opened again when it breaks. */
export function postgresBus({ url, log }: { url: string; log: Log }): Bus {
  let client: pg.Client | undefined
  let closed = false
  let retry: NodeJS.Timeout | undefined

  const local = localBus({
    log,
    async send(texts) {
      if (!client) throw new Error('Not connected')
      await client.query(`SELECT pg_notify('${CHANNEL}', text) FROM unnest($1::text[]) AS text`, [texts])
    },
  })

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'trama bus',
      ...lightly,
    })
    next.on('error', (error) => {
      log.warn({ error }, 'The bus lost its connection')
      again(next)
    })
    next.on('end', () => again(next))
    next.on('notification', ({ payload }) => local.receive(payload ?? ''))
    await next.connect()
    await next.query(`LISTEN ${CHANNEL}`)
    client = next
    local.missed()
  }

  function again(broken: pg.Client) {
    if (client === broken) client = undefined
    if (closed || retry) return
    retry = setTimeout(() => {
      retry = undefined
      connect().catch((error) => {
        log.debug({ error }, 'The bus cannot connect yet')
        again(broken)
      })
    }, RECONNECT_MS)
  }

  return {
    publish: local.publish,
    subscribe: local.subscribe,
    healthy: () => client !== undefined,
    start: connect,
    async close() {
      closed = true
      clearTimeout(retry)
      const last = client
      client = undefined
      await last?.end()
    },
  }
}
