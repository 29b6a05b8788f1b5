import { defineNode, objectsIn, z } from '../kit/index.ts'
import { Customer, callStripe, customer } from './call.ts'

export const stripeFindCustomers = defineNode({
  id: 'stripe.find_customers',
  version: 1,
  title: 'Find Stripe customers',
  summary: 'Looks for customers by e-mail, or by a search of Stripe’s.',
  group: 'app',
  icon: 'credit-card',
  line: 'Find customers',
  connection: { kinds: ['stripe.key'], required: true },
  effect: 'read',
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    by: z
      .discriminatedUnion('kind', [
        z
          .object({
            kind: z.literal('email'),
            email: z.email().max(512).meta({ title: 'E-mail', placeholder: 'ada@example.com' }),
          })
          .meta({ title: 'E-mail' }),
        z
          .object({
            kind: z.literal('search'),
            query: z.string().min(1).max(1_000).meta({
              title: 'Search',
              description: 'In Stripe’s search language. New customers are found after about a minute.',
              placeholder: "name:'Ada' AND metadata['order']:'7'",
            }),
          })
          .meta({ title: 'Search' }),
      ])
      .meta({ title: 'By' }),
    most: z.number().int().min(1).max(100).default(10).meta({ title: 'At most' }),
  }),
  output: z.object({
    customers: z.array(Customer).meta({ title: 'Customers' }),
    more: z.boolean().meta({ title: 'More', description: 'There are more than were asked for.' }),
  }),
  async run({ params: { by, most: limit }, http }) {
    const said =
      by.kind === 'email'
        ? await callStripe(http, { method: 'GET', path: 'customers', fields: { email: by.email, limit } })
        : await callStripe(http, {
            method: 'GET',
            path: 'customers/search',
            fields: { query: by.query, limit },
          })
    return { customers: objectsIn(said, 'data').map(customer), more: said.has_more === true }
  },
  examples: [
    {
      title: 'By e-mail',
      params: { by: { kind: 'email', email: 'ada@example.com' }, most: 1 },
      replies: {
        'GET https://api.stripe.com/v1/customers?email=ada%40example.com&limit=1': {
          status: 200,
          headers: {},
          body: {
            object: 'list',
            has_more: false,
            data: [{ id: 'cus_1', email: 'ada@example.com', metadata: {} }],
          },
        },
      },
      output: {
        customers: [{ id: 'cus_1', email: 'ada@example.com', name: '', phone: '', metadata: {} }],
        more: false,
      },
    },
  ],
})
