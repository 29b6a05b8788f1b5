import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { cpuSecondsOf } from './cpu.mjs'
import { install } from './installation.mjs'
import { print } from './table.mjs'
import { workloads } from './workflows.mjs'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, seconds: { type: 'string', default: '5' } },
})
const seconds = Number(values.seconds)
const CONNECTIONS = [1, 10, 50]
const here = (name) => path.join(import.meta.dirname, name)
const say = (text) => (values.json ? undefined : process.stderr.write(`${text}\n`))

const trama = await install()
const rows = []
try {
  rows.push(...(await measureBound()))
  for (const workload of workloads) rows.push(...(await measure(workload)))
} finally {
  await trama.stop()
}
const machine = {
  cpus: os.cpus().length,
  model: os.cpus()[0]?.model,
  memoryGb: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
}
if (values.json) console.log(JSON.stringify({ machine, seconds, rows }, null, 2))
else print({ machine, seconds, rows })

/** Without Trama: a route that stores what it is sent. */
async function measureBound() {
  const bound = fork(here('bound.mjs'), [trama.boundUrl])
  const [{ origin }] = await once(bound, 'message')
  const target = { origin, path: '/call', body: workloads[0].body }
  await load({ ...target, connections: 10, seconds: 1 })
  const found = []
  for (const connections of CONNECTIONS) {
    say(`raw bound, ${connections} connections …`)
    const heard = await load({ ...target, connections, seconds })
    found.push({ name: 'raw bound: route with one INSERT', connections, ...figures(heard, heard.seconds) })
  }
  bound.kill()
  return found
}

async function measure({ name, path: hook, document, body, answersItself }) {
  const workflowId = await trama.publish(name, document)
  const target = { origin: trama.origin, path: `/hooks/bench/${hook}`, body }
  await load({ ...target, connections: 10, seconds: 2 })
  await settled(workflowId)
  const found = []
  for (const connections of CONNECTIONS) {
    say(`${name}, ${connections} connections …`)
    const before = { runs: await finished(workflowId), cpu: cpuSeconds(), at: performance.now() }
    const heard = await load({ ...target, connections, seconds })
    await settled(workflowId)
    const tookSeconds = answersItself ? heard.seconds : (performance.now() - before.at) / 1_000
    const runs = (await finished(workflowId)) - before.runs
    if (runs !== heard.answered) throw new Error(`${name}: ${heard.answered} accepted, ${runs} succeeded`)
    const cpu = before.cpu === null ? null : ((cpuSeconds() - before.cpu) / runs) * 1_000
    found.push({ name, connections, ...figures(heard, tookSeconds), cpuPerThousand: cpu })
  }
  return found
}

function figures({ answered, refused, p50, p95, p99 }, tookSeconds) {
  return { perSecond: answered / tookSeconds, p50, p95, p99, refused }
}

async function load(about) {
  const { stdout } = await promisify(execFile)(process.execPath, [here('load.mjs'), JSON.stringify(about)])
  return JSON.parse(stdout)
}

async function finished(workflowId) {
  const { rows: counted } = await trama.db.query(
    `SELECT count(*)::int AS count FROM run WHERE workflow_id = $1 AND status = 'succeeded'`,
    [workflowId],
  )
  return counted[0].count
}

/** Of Trama and its database. */
function cpuSeconds() {
  const parts = [trama.pid, trama.postgresPid].map(cpuSecondsOf)
  return parts.includes(null) ? null : parts.reduce((sum, one) => sum + one, 0)
}

/** Until every run that was accepted has ended. */
async function settled(workflowId) {
  for (;;) {
    const { rows: left } = await trama.db.query(
      'SELECT FROM run WHERE workflow_id = $1 AND finished_at IS NULL LIMIT 1',
      [workflowId],
    )
    if (left.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
