import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'

/** No inline script, nothing from elsewhere, no framing. Styles may be inline: the canvas and the editor set them. */
const directives = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

/** On every answer of the server; hooks replace the policy by a stricter one. No CORS header is ever sent. */
export async function securityHeaders(server: FastifyInstance, baseUrl: string) {
  const headers = await headersOf(baseUrl)
  server.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value)
    done()
  })
}

/** Not helmet's, but those of any answer. */
const usual = ['content-length', 'content-type', 'date', 'connection', 'keep-alive']

/** What helmet says is the same for every answer: it is asked once, for it puts its words together anew each time. */
async function headersOf(baseUrl: string): Promise<[string, string][]> {
  const asked = Fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: baseUrl.startsWith('https://') ? { maxAge: 31_536_000 } : false,
  })
  asked.get('/', async () => '')
  const { headers } = await asked.inject('/')
  await asked.close()
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    usual.includes(name) || value === undefined ? [] : [[name, String(value)]],
  )
}
