// A raw bound: one row, one commit, on so many connections to PostgreSQL, each as fast as it is answered.
import pg from 'pg'
import { percentiles } from '../load/figures.mjs'

const [, , url, connections, seconds] = process.argv
const pool = new pg.Pool({ connectionString: url, max: Number(connections) })
await pool.query(
  'CREATE TABLE IF NOT EXISTS line (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body json NOT NULL)',
)
const tookMs = []
const body = JSON.stringify({ name: 'mug', price: 12.5, quantity: 4 })
const began = performance.now()
const until = began + Number(seconds) * 1_000
const insert = { name: 'insert', text: 'INSERT INTO line (body) VALUES ($1)', values: [body] }

async function writer() {
  const client = await pool.connect()
  while (performance.now() < until) {
    const from = performance.now()
    await client.query(insert)
    tookMs.push(performance.now() - from)
  }
  client.release()
}
await Promise.all(Array.from({ length: Number(connections) }, writer))
const took = (performance.now() - began) / 1_000
await pool.end()
console.log(JSON.stringify({ perSecond: tookMs.length / took, ...percentiles(tookMs) }))
