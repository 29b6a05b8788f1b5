import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const loader = pathToFileURL(path.resolve(import.meta.dirname, '../../lib/typescript.mjs')).href
const Listening = z.object({ port: z.number() })
const Call = z.object({
  run: z.string(),
  step: z.string(),
  /** Whether it is one that must not come twice. */
  once: z.boolean(),
  /** What became of it: answered, refused for the moment, or never answered. */
  kind: z.enum(['ok', 'error', 'reset']),
  key: z.string().nullable(),
  /** The process that called. */
  pid: z.number(),
  at: z.number(),
})
export type Call = z.infer<typeof Call>

/** A service in a process of its own, which outlives everything that is hurt. `errors`: how often it is not well. */
export async function startProvider(about: { seed: number; errors: number }) {
  const child = fork(path.join(import.meta.dirname, 'provider.mjs'), [JSON.stringify(about)], {
    execArgv: ['--import', loader],
  })
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The provider did not start'))),
  ])
  const { port } = Listening.parse(message)
  const origin = `http://127.0.0.1:${port}`
  return {
    port,
    origin,
    async calls(): Promise<Call[]> {
      const reply = await fetch(`${origin}/record`)
      return z.array(Call).parse(await reply.json())
    },
    stop: () => void child.kill(),
  }
}
