import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

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
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: baseUrl.startsWith('https://') ? { maxAge: 31_536_000 } : false,
  })
}
