// A process of its own that calls one address from so many connections, each as fast as it is answered.
import { Pool } from 'undici'

const { origin, path, body, connections, seconds } = JSON.parse(process.argv[2])
const pool = new Pool(origin, { connections, pipelining: 1 })
const text = JSON.stringify(body)
const tookMs = []
const refused = {}
const until = performance.now() + seconds * 1_000
const began = performance.now()

async function caller() {
  while (performance.now() < until) {
    const from = performance.now()
    const reply = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    })
    await reply.body.dump()
    if (reply.statusCode < 300) tookMs.push(performance.now() - from)
    else refused[reply.statusCode] = (refused[reply.statusCode] ?? 0) + 1
  }
}

await Promise.all(Array.from({ length: connections }, caller))
const tookSeconds = (performance.now() - began) / 1_000
await pool.close()
tookMs.sort((one, other) => one - other)
const at = (part) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * part))] ?? null
console.log(
  JSON.stringify({
    answered: tookMs.length,
    refused,
    seconds: tookSeconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  }),
)
