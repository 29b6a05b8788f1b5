import type { RateLimitPluginOptions } from '@fastify/rate-limit'
import { HttpRefusal } from '#server/triggers/http-refusal.ts'

const PER_MINUTE = 12_000

/**
 * What one address may ask for in all. Far above honest use: it bounds what a mistake can do. Sign-in has its own,
 * much lower limit (server/tenants/auth.ts); calls with a good API key are not counted here.
 */
export const tooManyRequests: RateLimitPluginOptions = {
  global: true,
  max: PER_MINUTE,
  timeWindow: 60_000,
  cache: 20_000,
  errorResponseBuilder: (_request, { ttl }) =>
    new HttpRefusal({
      status: 429,
      code: 'limit_reached',
      message: `More than ${PER_MINUTE} requests in a minute; go on in ${Math.ceil(ttl / 1000)} seconds`,
    }),
}
