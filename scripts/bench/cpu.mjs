// CPU seconds of a process and its children, from Linux's /proc; null where there is none.
import fs from 'node:fs'

const TICKS_A_SECOND = 100

function statOf(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // utime and stime, and those of children that ended (fields 14 to 17 of proc(5)).
  return {
    parent: Number(fields[1]),
    ticks: [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0),
  }
}

function everyProcess() {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return [{ pid: Number(name), ...statOf(name) }]
    } catch {
      return []
    }
  })
}

export function cpuSecondsOf(root) {
  if (process.platform !== 'linux') return null
  const all = everyProcess()
  const within = new Set([root])
  for (let found = true; found; ) {
    found = false
    for (const { pid, parent } of all)
      if (within.has(parent) && !within.has(pid)) {
        within.add(pid)
        found = true
      }
  }
  return all.filter(({ pid }) => within.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND
}
