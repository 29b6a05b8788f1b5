// The two designs for fair turns, side by side: node --import ./scripts/lib/typescript.mjs scripts/bench/fairness/main.mjs
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../../../server/db/embedded-postgres.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { ensureDatabase } from '../../../server/db/setup.ts'
import { startRedis } from '../../../server/test/redis.ts'
import { delays, shares } from './measure.mjs'
import { queues } from './queues.mjs'
import { createStore } from './store.mjs'
import { turns } from './turns.mjs'

const SHARED = 8_000
const IN_LINE = 10_000
const PATIENCE_MS = 90_000
const counts = [1, 100, 1_000]
const designs = [
  { name: 'choice in Postgres', make: turns },
  { name: 'a queue for each tenant', make: queues },
]
const only = process.argv.slice(2)

const dir = fs.mkdtempSync(path.join(os.tmpdir(), `trama-fairness-${process.pid}-`))
fs.chmodSync(dir, 0o755)
const postgres = await startPostgres({ dir: path.join(dir, 'postgres') })
const redis = await startRedis({ dir: path.join(dir, 'redis'), cache: path.resolve('.cache') })
const url = await ensureDatabase(postgres.url, 'fairness')
await migrate(url)
const store = await createStore(url)
const pids = { trama: [process.pid], postgres: postmasterOf(path.join(dir, 'postgres')), redis: redis.pid }
const rows = []
try {
  for (const count of counts)
    for (const kind of ['redis', 'postgres'])
      for (const { name, make } of designs) {
        const label = `${count} ${kind} ${name}`
        if (only.length > 0 && !only.every((word) => label.includes(word))) continue
        const row = await Promise.race([one({ count, kind, make }), tooLong()]).catch(
          ({ message: error }) => ({ error }),
        )
        rows.push({ tenants: count, queue: kind, design: name, ...row })
        console.error(label, JSON.stringify(row))
      }
  print()
} finally {
  await store.close()
  await Promise.all([postgres.stop(), redis.stop()])
  fs.rmSync(dir, { recursive: true, force: true })
  // Connections of BullMQ would keep it.
  process.exit()
}

async function tooLong() {
  await sleep(PATIENCE_MS)
  throw new Error(`did not end in ${PATIENCE_MS / 1_000} s`)
}

async function one({ count, kind, make }) {
  await store.clear()
  const tenants = await store.tenants(count, 't')
  const [heavy, light] = await store.tenants(2, 'x')
  const about = { store, kind, url: kind === 'redis' ? redis.url : url }
  const line = await make({ ...about, tenants })
  const shared = await shares({ store, line, tenants, pids, runs: SHARED })
  await line.close()
  await store.pool.query('TRUNCATE run, tenant_turn CASCADE')
  // Beside all the tenants there are: those that have nothing to do must cost nothing.
  const other = await make({ ...about, tenants: [...tenants, heavy, { ...light, weight: 1 }] })
  const delayed = await delays({ store, line: other, heavy, light, runs: IN_LINE })
  await other.close()
  return { ...shared, ...delayed }
}

function postmasterOf(folder) {
  return Number(fs.readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
}

function print() {
  const load = os.loadavg().map((value) => value.toFixed(1))
  console.log(
    `\n${os.cpus().length} CPUs (${os.cpus()[0]?.model}), Node ${process.version}; load ${load.join(' ')}\n`,
  )
  console.log(
    '| tenants | queue | design | runs/s | CPU s/1000 | shares off by | light tenant p95, alone | beside 10,000 |',
  )
  console.log('|---|---|---|---|---|---|---|---|')
  for (const row of rows)
    console.log(
      row.error
        ? `| ${row.tenants} | ${row.queue} | ${row.design} | ${row.error} | | | | |`
        : `| ${row.tenants} | ${row.queue} | ${row.design} | ${row.perSecond.toFixed(0)} | ${row.cpu.toFixed(2)} | ${
            row.off === null ? '' : `${(row.off * 100).toFixed(1)} %`
          } | ${row.alone.toFixed(0)} ms | ${row.beside.toFixed(0)} ms |`,
    )
}
