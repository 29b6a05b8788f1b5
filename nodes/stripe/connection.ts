import { defineConnection, fail, isJsonObject, objectIn, textIn, z } from '../kit/index.ts'
import { stripeVersion } from './call.ts'

export const stripeKey = defineConnection({
  id: 'stripe.key',
  title: 'Stripe account',
  summary: 'Acts in a Stripe account with a secret or restricted key.',
  icon: 'credit-card',
  hosts: ['api.stripe.com'],
  fields: z.strictObject({
    apiKey: z
      .string()
      .regex(/^[rs]k_(?:test|live)_\w{10,300}$/, 'A key begins with sk_test_, sk_live_, rk_test_ or rk_live_')
      .meta({ title: 'Secret key', placeholder: 'sk_test_…', secret: true }),
    webhookSecret: z.string().max(300).default('').meta({
      title: 'Signing secret',
      description:
        'Only for the Stripe event trigger, which refuses everything without it. It begins with whsec_.',
      secret: true,
    }),
  }),
  // Live accounts take a hundred calls a second.
  limits: { rate: { calls: 100, perMs: 1_000 }, breaker: { failures: 20, pauseMs: 30_000 } },
  attach: ({ apiKey }, request) => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${apiKey}` },
  }),
  async test({ http }) {
    const { status, body } = await http({ url: 'https://api.stripe.com/v1/account', headers: stripeVersion })
    const said = isJsonObject(body) ? body : {}
    if (status === 401)
      throw fail('connection_refused', 'Stripe refuses the key. Copy it again from Developers › API keys.')
    // A restricted key may be right and not see the account.
    if (status === 403) return {}
    if (status >= 400) throw fail('connection_refused', `Stripe answered with status ${status}`)
    const name = textIn(objectIn(objectIn(said, 'settings'), 'dashboard'), 'display_name')
    return { account: name || textIn(said, 'email') || textIn(said, 'id') }
  },
})
