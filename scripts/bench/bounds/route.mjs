// A raw bound: a route that stores what it is sent, one row a request, those that come together in one commit, and answers.
import Fastify from 'fastify'
import pg from 'pg'
import { batcher } from '../../../server/runtime/batcher.ts'

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 })
await pool.query(
  'CREATE TABLE IF NOT EXISTS call (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body json NOT NULL)',
)
const calls = batcher(async (bodies) => {
  const { rows } = await pool.query('INSERT INTO call (body) SELECT unnest($1::text[])::json RETURNING id', [
    bodies,
  ])
  return rows.map(({ id }) => id)
})

const server = Fastify()
server.post('/call', async (request) => ({ id: await calls.add(JSON.stringify(request.body)) }))
await server.listen({ port: 0, host: '127.0.0.1' })
process.send({ origin: `http://127.0.0.1:${server.server.address().port}` })
process.once('disconnect', () => process.exit())
