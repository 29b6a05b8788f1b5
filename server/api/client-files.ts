import fs from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { notFound } from '#server/errors.ts'

const YEAR_MS = 31_536_000_000

/** The built client: its files, and its page at every other address, which the page itself routes. */
export async function clientFiles(server: FastifyInstance, { folder }: { folder: string }) {
  await server.register(fastifyStatic, { root: path.resolve(folder), serve: false, dotfiles: 'ignore' })
  server.get<{ Params: { '*': string } }>(
    '/*',
    { config: { policy: 'anonymous', rateLimit: false } },
    (request, reply) => {
      const address = request.params['*']
      if (/^(?:api|hooks)(?:\/|$)/.test(address)) throw notFound()
      const [first, last = ''] = [address.split('/')[0], address.split('/').at(-1)]
      // Their names hold a hash of what is in them, so they never change.
      if (first === 'assets') return reply.sendFile(address, { maxAge: YEAR_MS, immutable: true })
      if (last.includes('.') && fs.existsSync(path.join(folder, path.basename(last))) && first === last)
        return reply.sendFile(address, { maxAge: 3_600_000 })
      if (last.includes('.')) throw notFound()
      return reply.sendFile('index.html', { cacheControl: false }).header('cache-control', 'no-cache')
    },
  )
}
