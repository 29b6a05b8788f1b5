import { defineNode, z } from '../kit/index.ts'
import { Customer, callStripe, customer, foundByKey, Metadata, withKey } from './call.ts'

export const stripeCreateCustomer = defineNode({
  id: 'stripe.create_customer',
  version: 1,
  title: 'Create a Stripe customer',
  summary: 'Adds somebody to the customers of a Stripe account.',
  group: 'app',
  icon: 'credit-card',
  line: 'Customer {email}',
  connection: { kinds: ['stripe.key'], required: true },
  effect: 'idempotent',
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    email: z.email().max(512).meta({ title: 'E-mail', placeholder: 'ada@example.com' }),
    name: z.string().max(256).default('').meta({ title: 'Name', placeholder: 'Ada Lovelace' }),
    phone: z.string().max(20).default('').meta({ title: 'Phone', placeholder: '+55 11 91234-5678' }),
    description: z.string().max(350).default('').meta({ title: 'Description' }),
    metadata: Metadata,
  }),
  output: Customer,
  async run({ params, http, idempotencyKey: key }) {
    const { metadata, ...texts } = params
    const given = Object.entries(texts).filter(([, text]) => text !== '')
    const fields = { ...Object.fromEntries(given), metadata: withKey(metadata, key) }
    return customer(await callStripe(http, { method: 'POST', path: 'customers', fields, key }))
  },
  async reconcile({ params: { email }, http, idempotencyKey: key }) {
    const { found, more } = await foundByKey(http, { path: 'customers', fields: { email }, key })
    if (found) return { happened: true, output: customer(found) }
    return more ? null : { happened: false }
  },
  examples: [
    {
      title: 'With the number of an order',
      params: { email: 'ada@example.com', name: 'Ada', metadata: { order: '7' } },
      replies: {
        'POST https://api.stripe.com/v1/customers': {
          status: 200,
          headers: {},
          body: { id: 'cus_1', email: 'ada@example.com', name: 'Ada', phone: null, metadata: { order: '7' } },
        },
      },
      output: { id: 'cus_1', email: 'ada@example.com', name: 'Ada', phone: '', metadata: { order: '7' } },
    },
  ],
})
