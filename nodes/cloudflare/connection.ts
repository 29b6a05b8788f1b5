import { defineConnection, fail, isJsonObject, z } from '../kit/index.ts'

export const cloudflareToken = defineConnection({
  id: 'cloudflare.token',
  title: 'Cloudflare',
  summary: 'Changes zones of a Cloudflare account with an API token.',
  icon: 'cloud',
  hosts: ['api.cloudflare.com'],
  fields: z.strictObject({
    token: z
      .string()
      .regex(/^[\w-]{20,300}$/)
      .meta({
        title: 'API token',
        description: 'With the permissions DNS › Edit and Cache Purge.',
        secret: true,
      }),
  }),
  // Its API takes 1,200 calls in five minutes.
  limits: { rate: { calls: 1_200, perMs: 300_000 }, breaker: { failures: 20, pauseMs: 30_000 } },
  attach: ({ token }, request) => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${token}` },
  }),
  async test({ http }) {
    const { body } = await http({ url: 'https://api.cloudflare.com/client/v4/user/tokens/verify' })
    if (isJsonObject(body) && body.success === true) return {}
    throw fail(
      'connection_refused',
      'Cloudflare refuses the token. Make a new one under My Profile › API Tokens.',
    )
  },
})
