import { cpuNow, cpuPerThousand } from '../cpu.mjs'
import { closedLoad, openLoad } from '../load/run.mjs'

const hookOf = ({ id }) => [`/hooks/bench/${id}`]

/** Publishes a workload and lets everything get warm. */
export async function prepare(trama, { workload, warmSeconds = 2 }) {
  const workflowId = await trama.publish(workload.name, workload.document)
  await closedLoad({ ...targetOf(trama, workload), connections: 10, seconds: warmSeconds })
  await unfinished(trama)
  return { ...workload, workflowId }
}

export const targetOf = ({ origin }, workload) => ({
  origin,
  paths: workload.paths ?? hookOf(workload),
  body: workload.body,
})

/** Calls, waits for every run to end, and says what it took. Runs that are missing or failed stop the benchmark. */
export async function measured(trama, { workload, load }) {
  const from = await momentOf(trama)
  const cpuBefore = cpuNow(trama.pids())
  const began = performance.now()
  const heard = await load(targetOf(trama, workload))
  await unfinished(trama)
  const seconds = workload.answersItself ? heard.seconds : (performance.now() - began) / 1_000
  const cpuAfter = cpuNow(trama.pids())
  await complete(trama, { from, answered: heard.answered, name: workload.name })
  const { p50, p95, p99, max, answered } = heard
  return {
    name: workload.name,
    queue: trama.queue,
    perSecond: answered / seconds,
    ...{ p50, p95, p99, max, runs: answered },
    cpu: cpuPerThousand(cpuBefore, cpuAfter, answered),
  }
}

export const closed = (more) => (target) => closedLoad({ ...target, ...more })
export const open = (more) => (target) => openLoad({ ...target, ...more })

/** On the database's clock. */
async function momentOf({ db }) {
  const { rows } = await db.query('SELECT clock_timestamp() AS now')
  return rows[0].now
}

/** Until every run has ended. */
async function unfinished({ db }) {
  for (let tries = 0; tries < 6_000; tries++) {
    const { rows } = await db.query('SELECT FROM run WHERE finished_at IS NULL LIMIT 1')
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Runs did not end within ten minutes')
}

async function complete({ db }, { from, answered, name }) {
  const { rows } = await db.query(
    `SELECT count(*)::int AS runs, count(*) FILTER (WHERE status <> 'succeeded')::int AS bad,
       max(failure::text) AS failure FROM run WHERE created_at >= $1`,
    [from],
  )
  const { runs, bad, failure } = rows[0]
  if (bad > 0) throw new Error(`${name}: ${bad} of ${runs} runs failed: ${failure}`)
  if (runs !== answered) throw new Error(`${name}: ${answered} were accepted, there are ${runs} runs`)
}
