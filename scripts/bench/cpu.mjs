// CPU seconds by process, from Linux's /proc; null where there is none.
import fs from 'node:fs'

const TICKS_A_SECOND = 100
// utime and stime, then those of children that ended (fields 14 to 17 of proc(5)).
const OWN = [11, 12]
const WITH_ENDED = [11, 12, 13, 14]

function everyProcess() {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const text = fs.readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number(name), parent: Number(fields[1]), fields }]
    } catch {
      return []
    }
  })
}

const seconds = ({ fields }, which) => which.reduce((sum, at) => sum + Number(fields[at]), 0) / TICKS_A_SECOND

function descendants(all, roots) {
  const within = new Set(roots)
  for (let found = true; found; ) {
    found = false
    for (const { pid, parent } of all)
      if (within.has(parent) && !within.has(pid)) {
        within.add(pid)
        found = true
      }
  }
  return all.filter(({ pid }) => within.has(pid) && !roots.includes(pid))
}

/** So far, of Trama's processes, of the processes they run code in, of PostgreSQL with its backends, of Redis. */
export function cpuNow({ trama, postgres, redis }) {
  if (process.platform !== 'linux') return null
  const all = everyProcess()
  const of = (pids) => all.filter(({ pid }) => pids.includes(pid))
  const sum = (list, which) => list.reduce((total, one) => total + seconds(one, which), 0)
  return {
    trama: sum(of(trama), OWN),
    sandbox: sum(descendants(all, trama), WITH_ENDED),
    postgres: sum([...of([postgres]), ...descendants(all, [postgres])], WITH_ENDED),
    redis: redis === undefined ? 0 : sum(of([redis]), OWN),
  }
}

/** CPU seconds for a thousand runs, by process and in all. */
export function cpuPerThousand(before, after, runs) {
  if (!before || !after) return null
  const each = Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, ((value - before[name]) / runs) * 1_000]),
  )
  return { ...each, all: Object.values(each).reduce((sum, one) => sum + one, 0) }
}

/** Memory in use by a process, in MB; null where it cannot be seen. */
export function memoryMb(pid) {
  try {
    const [, kb] = /^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kb) / 1_024
  } catch {
    return null
  }
}
