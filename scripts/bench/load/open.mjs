// A process of its own that calls so many times a second, whether it is answered or not. The time counts from when a
// call was due, so that a server that stands still for a moment is not flattered.
import { connect, post } from './connection.mjs'
import { percentiles } from './figures.mjs'

const { origin, paths, body, perSecond, seconds } = JSON.parse(process.argv[2])
const request = post({ origin, path: paths[0], body })
const idle = []
const tookMs = []
const refused = {}
const pending = new Set()
let opened = 0

async function callOnce(dueAt) {
  opened += idle.length === 0 ? 1 : 0
  const connection = idle.pop() ?? (await connect(origin))
  const { status, body: answer } = await connection.call(request)
  if (status < 300) tookMs.push(performance.now() - dueAt)
  else refused[status] ??= answer.toString().slice(0, 300)
  idle.push(connection)
}

const began = performance.now()
const total = Math.round(perSecond * seconds)
for (let made = 0; made < total; ) {
  const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * perSecond) + 1)
  for (; made < due; made++) {
    const call = callOnce(began + (made / perSecond) * 1_000).finally(() => pending.delete(call))
    pending.add(call)
  }
  await new Promise((resolve) => setTimeout(resolve, 1))
}
await Promise.all(pending)
const tookSeconds = (performance.now() - began) / 1_000
for (const connection of idle) connection.close()
console.log(
  JSON.stringify({
    answered: tookMs.length,
    refused: Object.values(refused),
    seconds: tookSeconds,
    connections: opened,
    ...percentiles(tookMs),
  }),
)
