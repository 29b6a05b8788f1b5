// What there is without Trama: a route with one INSERT, the queue alone, a commit alone. Measured in the same go.
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { promisify } from 'node:util'
import { closedLoad } from '../load/run.mjs'

const here = (name) => path.join(import.meta.dirname, name)
const script = async (name, ...args) => {
  const { stdout } = await promisify(execFile)(process.execPath, [here(name), ...args.map(String)])
  return JSON.parse(stdout)
}

export const ROUTE = 'raw bound: route with one INSERT'

export async function measureRoute({ url, body, connections, seconds, say }) {
  const bound = fork(here('route.mjs'), [url])
  const [{ origin }] = await once(bound, 'message')
  const target = { origin, paths: ['/call'], body }
  await closedLoad({ ...target, connections: 10, seconds: 1 })
  const rows = []
  for (const count of connections) {
    say(`${ROUTE}, ${count} connections …`)
    const { answered, seconds: took, ...heard } = await closedLoad({ ...target, connections: count, seconds })
    rows.push({ name: ROUTE, connections: count, perSecond: answered / took, ...heard })
  }
  bound.kill()
  return rows
}

export async function measureCommit({ url, connections, seconds, say }) {
  const rows = []
  for (const count of connections) {
    say(`raw bound: one commit, ${count} connections …`)
    const figures = await script('commit.mjs', url, count, seconds)
    rows.push({ name: 'raw bound: one commit', connections: count, ...figures })
  }
  return rows
}

export async function measureQueue({ kind, url, connections, seconds, say }) {
  const rows = []
  for (const count of connections) {
    say(`raw bound: BullMQ on ${kind}, ${count} at once …`)
    const figures = await script('queue.mjs', kind, url, count, seconds)
    rows.push({ name: 'raw bound: BullMQ add and process', queue: kind, connections: count, ...figures })
  }
  return rows
}
