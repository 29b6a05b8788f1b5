import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Calls from a process of its own; what was refused stops the benchmark. */
async function load(kind, about) {
  const script = path.join(import.meta.dirname, `${kind}.mjs`)
  const { stdout } = await run(process.execPath, [script, JSON.stringify(about)])
  const heard = JSON.parse(stdout)
  if (heard.refused.length > 0) throw new Error(`Calls were refused: ${heard.refused.join('; ')}`)
  return heard
}

/** Each of so many connections calls as fast as it is answered. */
export const closedLoad = (about) => load('closed', about)

/** So many calls a second, answered or not. */
export const openLoad = (about) => load('open', about)
