// The figures for people: each workload beside the raw bound of the same run.
import { ROUTE } from './bounds/measure.mjs'

const fixed = (digits) => (value) => (typeof value === 'number' ? value.toFixed(digits) : '')
const one = fixed(1)
const two = fixed(2)
const share = (part) => (part === null ? '' : `${(part * 100).toFixed(1)} %`)

const columns = [
  ['', ({ name }) => name],
  ['queue', ({ queue }) => queue ?? ''],
  ['conn.', ({ connections }) => String(connections ?? '')],
  ['per s', ({ perSecond }) => fixed(0)(perSecond)],
  ['of bound', ({ ofBound }) => share(ofBound)],
  ['p50 ms', ({ p50 }) => one(p50)],
  ['p95 ms', ({ p95 }) => one(p95)],
  ['p99 ms', ({ p99 }) => one(p99)],
  ['CPU s/1000', ({ cpu }) => two(cpu?.all)],
  ['Trama', ({ cpu }) => two(cpu?.trama)],
  ['sandbox', ({ cpu }) => two(cpu?.sandbox)],
  ['Postgres', ({ cpu }) => two(cpu?.postgres)],
  ['Redis', ({ cpu }) => two(cpu?.redis)],
]

/** Beside each workload, what share it is of the route with one INSERT at as many connections. */
export function besideBound(rows) {
  const bound = new Map(
    rows.filter(({ name }) => name === ROUTE).map((row) => [row.connections, row.perSecond]),
  )
  return rows.map((row) => {
    const raw = row.name.startsWith('raw bound') ? undefined : bound.get(row.connections)
    return { ...row, ofBound: raw === undefined ? null : row.perSecond / raw }
  })
}

const findings = [
  ['', ({ name }) => name],
  ['queue', ({ queue }) => queue ?? ''],
  ['found', ({ value, unit }) => `${value === null ? 'not seen' : two(value)} ${unit}`],
  ['wanted', ({ bar }) => bar ?? ''],
]

export function print({ machine, seconds, rows, extra }) {
  console.log(
    `\n${machine.cpus} CPUs (${machine.model}), ${machine.memoryGb} GB, Node ${machine.node}; ${seconds} s each; ` +
      'PostgreSQL, the queue and the load run on the same machine; durability is on\n',
  )
  write(columns, besideBound(rows))
  if (extra.length === 0) return
  console.log('')
  write(findings, extra)
}

function write(of, rows) {
  const cells = [of.map(([title]) => title), ...rows.map((row) => of.map(([, text]) => text(row)))]
  const widths = of.map((_, at) => Math.max(...cells.map((line) => line[at].length)))
  for (const line of cells)
    console.log(
      line
        .map((text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at])))
        .join('  ')
        .trimEnd(),
    )
}
