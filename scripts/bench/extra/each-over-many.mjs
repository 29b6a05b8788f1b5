import { memoryMb } from '../cpu.mjs'
import { chain, expr, hook, node, set } from '../workloads/drawing.mjs'
import { targetOf } from '../workloads/measure.mjs'

const SIZES = [10_000, 100_000]

/** A frame over a list: ten times the elements take at most eleven times as long, and memory stays bounded. */
export async function eachOverMany(trama) {
  const frame = node('each', 'flow.each', { list: expr('trigger.body.text.split(",")'), concurrency: 10 })
  const document = chain([hook('each', 'at_once'), frame])
  document.nodes.push(set('double', { value: expr('index * 2') }, { parent: 'each' }))
  await trama.publish('each', document)
  const found = []
  for (const size of SIZES) found.push(await once(trama, size))
  const [few, many] = found
  return [
    ...found.map(({ seconds }, at) => ({
      name: `each over ${SIZES[at].toLocaleString('en')} elements`,
      value: seconds,
      unit: 's',
    })),
    { name: 'each: ten times the elements', value: many.seconds / few.seconds, unit: '×', bar: 'at most 11' },
    { name: 'each: memory at most', value: many.memory, unit: 'MB', bar: 'below 512' },
  ]
}

async function once(trama, size) {
  const [pid] = trama.pids().trama
  let memory = memoryMb(pid)
  const watching = setInterval(() => {
    memory = Math.max(memory, memoryMb(pid))
  }, 50)
  // As text: a body may not hold this many values.
  const body = { text: Array.from({ length: size }, (_, at) => at).join(',') }
  try {
    await callWith(trama, body)
    const { seconds } = await endOf(trama)
    return { seconds, memory: memory || null }
  } finally {
    clearInterval(watching)
  }
}

async function callWith(trama, body) {
  const { origin, paths } = targetOf(trama, { id: 'each' })
  const reply = await fetch(`${origin}${paths[0]}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`each: ${reply.status} ${await reply.text()}`)
}

async function endOf({ db }) {
  for (;;) {
    const { rows } = await db.query(
      `SELECT status, failure::text AS failure, extract(epoch FROM finished_at - created_at)::float8 AS seconds
       FROM run ORDER BY created_at DESC LIMIT 1`,
    )
    const [run] = rows
    if (run.status === 'failed') throw new Error(`each: ${run.failure}`)
    if (run.seconds !== null) return run
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
