import { fork } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onSignal } from '../lib/on-signal.ts'
import { root } from '../lib/prepare.mjs'
import { measureCommit, measureQueue, measureRoute } from './bounds/measure.mjs'
import { measureExtra } from './extra/measure.mjs'
import { install, startServers } from './installation.mjs'
import { readOptions } from './options.mjs'
import { besideBound, print } from './table.mjs'
import { accepted, simplest, workloads } from './workloads/list.mjs'
import { closed, measured, open, prepare } from './workloads/measure.mjs'

const options = readOptions()
const { seconds, connections, queues, only } = options
const say = (text) => (options.json ? undefined : process.stderr.write(`${text}\n`))
const profiles = path.join(root, '.cache', 'profiles')
const wanted = ({ id }) => only.length === 0 || only.includes(id)

const upstream = fork(path.join(import.meta.dirname, 'workloads', 'upstream.mjs'))
const [{ origin: upstreamOrigin }] = await once(upstream, 'message')
const servers = await startServers({ redis: queues.includes('redis') })
let running
onSignal(async () => {
  upstream.kill()
  await running?.stop()
  await servers.stop()
})
const rows = []
const extra = []
try {
  rows.push(...(await measureBounds()))
  for (const queue of queues) {
    if ([...workloads(''), accepted].some(wanted))
      await withTrama({ queue, workers: options.workers }, (trama) => measureWorkloads(trama))
    if (options.extra) extra.push(...(await measureExtra({ queue, withTrama, seconds, wanted, say })))
  }
} finally {
  upstream.kill()
  await servers.stop()
}
report()

async function measureBounds() {
  const about = { url: await servers.database('bound'), connections, seconds, say }
  const found = [
    ...(await measureRoute({ ...about, body: simplest('w1').body })),
    ...(await measureCommit(about)),
  ]
  for (const kind of queues) {
    const url = kind === 'redis' ? servers.redis.url : await servers.database('bound_queue')
    found.push(...(await measureQueue({ ...about, kind, url })))
  }
  return found
}

async function withTrama(about, work) {
  const trama = await install(servers, { ...about, nodeArgs: profiled() })
  running = trama
  try {
    return await work(trama)
  } finally {
    running = undefined
    await trama.stop()
  }
}

function profiled() {
  if (!options.profile) return []
  fs.mkdirSync(profiles, { recursive: true })
  return ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
}

async function measureWorkloads(trama) {
  for (const one of workloads(upstreamOrigin).filter(wanted)) {
    const workload = await prepare(trama, { workload: one })
    for (const count of connections) {
      say(`${workload.name}, ${trama.queue} queue, ${count} connections …`)
      const load = closed({ connections: count, seconds })
      rows.push({ connections: count, ...(await measured(trama, { workload, load })) })
    }
  }
  if (!wanted(accepted)) return
  const workload = await prepare(trama, { workload: accepted })
  say(`${workload.name}, ${trama.queue} queue, 500 calls a second …`)
  const load = open({ perSecond: 500, seconds })
  rows.push({ ...(await measured(trama, { workload, load })), name: `${workload.name}, 500/s` })
}

function report() {
  const machine = {
    cpus: os.cpus().length,
    model: os.cpus()[0]?.model,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
  }
  if (options.json) console.log(JSON.stringify({ machine, seconds, rows: besideBound(rows), extra }, null, 2))
  else print({ machine, seconds, rows, extra })
  if (options.profile) say(`\nProfiles are in ${path.relative(process.cwd(), profiles)}: docs/performance.md`)
}
