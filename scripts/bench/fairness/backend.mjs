import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from 'bullmq'
import Redis from 'ioredis'
import pg from 'pg'

/** BullMQ's classes on Redis or on Postgres, over connections that all queues share. */
export async function backend(kind, url) {
  if (kind === 'redis') {
    const connection = new Redis(url, { maxRetriesPerRequest: null })
    return { Queue, Worker, connection, close: async () => connection.disconnect() }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await runMigrations(client)
  await client.end()
  const classes = withBackend(createPostgresBackend)
  const options = '-c synchronous_commit=off -c search_path=bullmq,public'
  const connection = new pg.Pool({ connectionString: url, max: 8, options })
  return { Queue: classes.Queue, Worker: classes.Worker, connection, close: () => connection.end() }
}
