import type { FastifyInstance } from 'fastify'
import { attachment } from '#server/files/clean-name.ts'
import { readFile } from '#server/files/read-file.ts'
import { headersOf } from '#server/tenants/auth-routes.ts'
import { createContext, requireMember } from './context.ts'
import type { Parts } from './parts.ts'

interface Address {
  Params: { tenant: string; id: string }
}

/**
 * A file of a tenant, for its members. Whatever it is, a browser saves it: it is never shown on our origin, nor
 * guessed to be something else.
 */
export async function fileRoute(server: FastifyInstance, parts: Parts) {
  server.get<Address>(
    '/api/files/:tenant/:id',
    { config: { policy: 'run.read' } },
    async (request, reply) => {
      const { tenant, id } = request.params
      const headers = headersOf(request)
      const context = createContext({ parts, requestId: request.id, headers, slug: tenant })
      const { scope } = await requireMember(context, 'run.read')
      const { name, type, content } = await readFile(scope, { id })
      return reply
        .headers({
          'content-type': type,
          'content-disposition': attachment(name),
          'content-security-policy': 'sandbox',
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
        .send(content)
    },
  )
}
