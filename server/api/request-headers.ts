import type { FastifyRequest } from 'fastify'
import { addressHeader } from '#server/tenants/auth.ts'

/** The request's headers for better-auth, with the caller's true address under the name it trusts. */
export function headersOf(request: FastifyRequest<object>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.startsWith(':')) continue
    for (const each of Array.isArray(value) ? value : [value]) headers.append(name, each)
  }
  headers.set(addressHeader, request.ip)
  return headers
}
