// A process of its own that calls from so many connections, each as fast as it is answered: for so many seconds, or
// until so many calls are made. With several paths, one after the other.
import { connect, post } from './connection.mjs'
import { percentiles } from './figures.mjs'

const {
  origin,
  paths,
  body,
  connections,
  seconds = Number.POSITIVE_INFINITY,
  calls,
  pauseMs = 0,
} = JSON.parse(process.argv[2])
const requests = paths.map((path) => post({ origin, path, body }))
const tookMs = []
const refused = {}
const most = calls ?? Number.POSITIVE_INFINITY
let made = 0

async function caller() {
  const connection = await connect(origin)
  while (performance.now() < until && made < most) {
    const request = requests[made++ % requests.length]
    const from = performance.now()
    const { status, body: answer } = await connection.call(request)
    if (status < 300) tookMs.push(performance.now() - from)
    else refused[status] ??= answer.toString().slice(0, 300)
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  connection.close()
}

const began = performance.now()
const until = began + seconds * 1_000
await Promise.all(Array.from({ length: connections }, caller))
const tookSeconds = (performance.now() - began) / 1_000
console.log(
  JSON.stringify({
    answered: tookMs.length,
    refused: Object.values(refused),
    seconds: tookSeconds,
    ...percentiles(tookMs),
  }),
)
