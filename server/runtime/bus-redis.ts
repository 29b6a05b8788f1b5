import { Redis } from 'ioredis'
import type { Bus } from './bus.ts'
import { localBus } from './local-bus.ts'
import type { Log } from './log.ts'

const CHANNEL = 'trama'

/** The bus over Redis. While Redis is away nothing is told, and nobody waits for it. */
export function redisBus({ url, log }: { url: string; log: Log }): Bus {
  const open = () =>
    new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 2_000,
      connectTimeout: 2_000,
      retryStrategy: (times) => Math.min(100 * times, 2_000),
    })
  const publisher = open()
  const subscriber = open()
  const local = localBus({
    log,
    send: async (texts) => {
      await Promise.all(texts.map((text) => publisher.publish(CHANNEL, text)))
    },
  })
  for (const redis of [publisher, subscriber])
    redis.on('error', (error) => log.debug({ error }, 'The bus has no Redis'))
  subscriber.on('message', (_channel, text) => local.receive(text))
  subscriber.on('ready', () => {
    subscriber
      .subscribe(CHANNEL)
      .then(local.missed, (error) => log.warn({ error }, 'The bus cannot subscribe'))
  })

  return {
    publish: local.publish,
    subscribe: local.subscribe,
    healthy: () => publisher.status === 'ready' && subscriber.status === 'ready',
    async start() {
      // Redis may come later: the clients keep trying.
      await Promise.allSettled([publisher.connect(), subscriber.connect()])
    },
    close: async () => {
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
