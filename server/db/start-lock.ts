import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MS = 25
const PATIENCE_MS = 120_000
/** Two that find the same dead holder at once both take the lock away: whose it is then shows after so long. */
const SETTLED_MS = 100

/**
 * Does the work while nobody else does it with the same file, in this process or another. A holder that died without
 * giving it back holds it no longer.
 */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}`
  await take(file, mine)
  try {
    return await work()
  } finally {
    if (holderOf(file) === mine) fs.rmSync(file, { force: true })
  }
}

async function take(file: string, mine: string): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS
  for (;;) {
    if (create(file, mine)) return
    const holder = holderOf(file)
    if (holder !== undefined && !isAlive(Number(holder.split(' ')[0]))) {
      fs.rmSync(file, { force: true })
      if (create(file, mine)) {
        await sleep(SETTLED_MS)
        if (holderOf(file) === mine) return
      }
    }
    if (performance.now() > endsAt)
      throw new Error(`Another start does not end. If there is none, delete ${file}`)
    await sleep(LOOK_MS)
  }
}

/** Fails when the file is there: that is what makes it a lock. */
function create(file: string, mine: string): boolean {
  try {
    fs.writeFileSync(file, mine, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  // Just created, and nothing is written yet.
  if (!(pid > 0)) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
