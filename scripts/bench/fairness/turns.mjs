// The design in use: one queue of hints, and the choice in Postgres (prisma/migrations/0004_turns).
import { claimNext } from '../../../server/runtime/claim-next.ts'
import { backend } from './backend.mjs'

export async function turns({ store, kind, url }) {
  const worker = crypto.randomUUID()
  const { Queue, Worker, connection, close } = await backend(kind, url)
  const name = `hints-${crypto.randomUUID()}`
  const queue = new Queue(name, { connection })
  let look = () => {}
  const listener = new Worker(name, async () => look(), { connection, removeOnComplete: { count: 0 } })
  await listener.waitUntilReady()
  return {
    /** One hint for all of them. */
    told: () => queue.add('wake', {}, { removeOnComplete: true }),
    onHint(heard) {
      look = heard
    },
    async take(places) {
      const { runs } = await claimNext(store.pool, { worker, places })
      return runs
    },
    ended: async () => {},
    async close() {
      await listener.close(true)
      await queue.close()
      await close()
    },
  }
}
