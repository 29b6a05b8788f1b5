// The figures for people: each workload beside the raw bound of the same run.
const columns = [
  ['', ({ name }) => name],
  ['connections', ({ connections }) => String(connections)],
  ['runs/s', ({ perSecond }) => perSecond.toFixed(0)],
  ['of bound', ({ ofBound }) => (ofBound === null ? '' : `${(ofBound * 100).toFixed(1)} %`)],
  ['p50 ms', ({ p50 }) => p50?.toFixed(1) ?? ''],
  ['p95 ms', ({ p95 }) => p95?.toFixed(1) ?? ''],
  ['p99 ms', ({ p99 }) => p99?.toFixed(1) ?? ''],
  ['CPU s/1000', ({ cpuPerThousand }) => cpuPerThousand?.toFixed(2) ?? ''],
  [
    'refused',
    ({ refused }) =>
      Object.entries(refused)
        .map(([status, count]) => `${count}×${status}`)
        .join(' '),
  ],
]

export function print({ machine, seconds, rows }) {
  const bound = new Map(
    rows.filter(({ name }) => name.startsWith('raw bound')).map((row) => [row.connections, row.perSecond]),
  )
  const shown = rows.map((row) => ({
    ...row,
    ofBound: row.name.startsWith('raw bound')
      ? null
      : row.perSecond / (bound.get(row.connections) ?? Number.NaN),
  }))
  const cells = [columns.map(([title]) => title), ...shown.map((row) => columns.map(([, text]) => text(row)))]
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at].length)))
  console.log(
    `\n${machine.cpus} CPUs (${machine.model}), ${machine.memoryGb} GB, Node ${machine.node}; ${seconds} s each; the load runs on the same machine\n`,
  )
  for (const line of cells)
    console.log(
      line.map((text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]))).join('  '),
    )
}
