// A raw bound: BullMQ alone. Jobs that carry an id are added by so many at once and taken by a worker in the same process.
import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from 'bullmq'
import pg from 'pg'
import { percentiles } from '../load/figures.mjs'

const [, , kind, url, atOnce, seconds] = process.argv
const settings = { concurrency: 50, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } }

async function backend() {
  if (kind === 'redis') return { Queue, Worker, connection: { url, maxRetriesPerRequest: null } }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await runMigrations(client)
  await client.end()
  const classes = withBackend(createPostgresBackend)
  const connection = { connectionString: url, max: 10, options: '-c synchronous_commit=off' }
  return { ...classes, connection }
}

const { connection, ...classes } = await backend()
const queue = new classes.Queue('bound', { connection })
const processed = new Map()
const worker = new classes.Worker('bound', async ({ data }) => processed.get(data.id)(), {
  connection,
  ...settings,
})
await worker.waitUntilReady()
const tookMs = []
const began = performance.now()
const until = began + Number(seconds) * 1_000
let last = 0

async function adder() {
  while (performance.now() < until) {
    const id = last++
    const from = performance.now()
    const done = new Promise((resolve) => processed.set(id, resolve))
    await queue.add('wake', { id }, { removeOnComplete: true, removeOnFail: true })
    await done
    processed.delete(id)
    tookMs.push(performance.now() - from)
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, adder))
const took = (performance.now() - began) / 1_000
console.log(JSON.stringify({ perSecond: tookMs.length / took, ...percentiles(tookMs) }))
process.exit()
