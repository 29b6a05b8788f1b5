import { z } from 'zod'
import type { Trama } from './trama.ts'

const Created = z.object({ id: z.string() })
const Started = z.object({ runId: z.string() })

/** A key of the first owner, for `installTrama({ TRAMA_API_KEY: apiKey })`. */
export const apiKey = `trama_${'e'.repeat(43)}`

export interface DrawnNode {
  key: string
  type: string
  params?: Record<string, unknown>
  at: [x: number, y: number]
  parent?: string
  reliability?: Record<string, unknown>
  connection?: string
  tool?: { name?: string; description?: string; approval?: 'editor' | 'admin' | 'owner' }
}

/** The document of a drawing: steps, and threads written as `from:port>to`, or `from>to` for the only way out. */
export function drawing(nodes: readonly DrawnNode[], threads: readonly string[]) {
  return {
    format: 1,
    nodes: nodes.map(({ at: [x, y], params = {}, ...node }) => ({
      ...node,
      version: 1,
      params,
      position: { x, y },
    })),
    edges: threads.map((thread) => {
      const [out = '', to = ''] = thread.split('>')
      const [from = '', port = 'out'] = out.split(':')
      return { from, port, to }
    }),
  }
}

/** What a program does with a key, over the public API. */
export function apiOf(trama: Trama) {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const reply = await fetch(`${trama.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  return {
    call,
    /** Creates a workflow and says where its editor is. */
    async draw(name: string, document: ReturnType<typeof drawing>) {
      const { id } = Created.parse(await call('POST', '/workflows', { name, document }))
      return { id, url: `${trama.url}/acme/workflows/${id}` }
    },
    /** Runs a published workflow to its end and says which run that was. */
    async run(workflowId: string, input: unknown) {
      const started = await call('POST', `/workflows/${workflowId}/runs?wait=20`, { input })
      return Started.parse(started).runId
    },
  }
}
