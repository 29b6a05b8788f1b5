import { defineNode, z } from '../kit/index.ts'
import {
  Amount,
  callStripe,
  foundByKey,
  idOf,
  Metadata,
  PaymentIntent,
  paymentIntent,
  withKey,
} from './call.ts'

/** How far back a payment is looked for: a key counts for a day at Stripe's. */
const LOOK_BACK_S = 2 * 86_400

export const stripeCreatePaymentIntent = defineNode({
  id: 'stripe.create_payment_intent',
  version: 1,
  title: 'Create a Stripe payment',
  summary:
    'Makes a payment intent: to be paid on your page, or at once with a payment method of the customer. What undoes it is “Refund a Stripe payment”, on the error path of what follows.',
  group: 'app',
  icon: 'credit-card',
  line: 'Payment of {amount} {currency}',
  connection: { kinds: ['stripe.key'], required: true },
  effect: 'idempotent',
  destination: ['customer', 'payment'],
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    amount: Amount,
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/, 'Three letters, such as brl')
      .default('brl')
      .meta({ title: 'Currency', placeholder: 'brl' }),
    customer: idOf('cus').optional().meta({ title: 'Customer', placeholder: 'cus_…' }),
    description: z.string().max(1_000).default('').meta({ title: 'Description' }),
    payment: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('page') }).meta({ title: 'Later, on your page' }),
        z
          .object({
            kind: z.literal('now'),
            method: idOf('(?:pm|card|src)').meta({
              title: 'Payment method',
              description: 'One that is kept with the customer.',
              placeholder: 'pm_…',
            }),
          })
          .meta({ title: 'At once' }),
      ])
      .default({ kind: 'page' })
      .meta({ title: 'Paid' }),
    metadata: Metadata,
  }),
  output: PaymentIntent,
  async run({ params, http, idempotencyKey: key }) {
    const { amount, currency, customer, description, payment, metadata } = params
    const how =
      payment.kind === 'now'
        ? { payment_method: payment.method, confirm: true, off_session: true }
        : { automatic_payment_methods: { enabled: true } }
    const fields = {
      amount,
      currency: currency.toLowerCase(),
      customer,
      ...(description === '' ? {} : { description }),
      ...how,
      metadata: withKey(metadata, key),
    }
    return paymentIntent(await callStripe(http, { method: 'POST', path: 'payment_intents', fields, key }))
  },
  async reconcile({ params: { customer, payment }, http, nowMs, idempotencyKey: key }) {
    const created = { gte: Math.floor(nowMs / 1_000) - LOOK_BACK_S }
    const { found, more } = await foundByKey(http, {
      path: 'payment_intents',
      fields: { customer, created },
      key,
    })
    if (!found) return more ? null : { happened: false }
    const output = paymentIntent(found)
    // One that was declined is there, too.
    const isDeclined = payment.kind === 'now' && output.status === 'requires_payment_method'
    return isDeclined ? { happened: false } : { happened: true, output }
  },
  examples: [
    {
      title: 'To be paid on a page',
      params: { amount: 1050, currency: 'brl', customer: 'cus_1' },
      replies: {
        'POST https://api.stripe.com/v1/payment_intents': {
          status: 200,
          headers: {},
          body: {
            id: 'pi_1',
            status: 'requires_payment_method',
            amount: 1050,
            amount_received: 0,
            currency: 'brl',
            customer: 'cus_1',
            client_secret: 'pi_1_secret_2',
            metadata: {},
          },
        },
      },
      output: {
        id: 'pi_1',
        status: 'requires_payment_method',
        amount: 1050,
        received: 0,
        currency: 'brl',
        customer: 'cus_1',
        clientSecret: 'pi_1_secret_2',
        metadata: {},
      },
    },
    {
      title: 'A card that is declined',
      params: { amount: 1050, customer: 'cus_1', payment: { kind: 'now', method: 'pm_1' } },
      replies: {
        'POST https://api.stripe.com/v1/payment_intents': {
          status: 402,
          headers: {},
          body: {
            error: {
              type: 'card_error',
              code: 'card_declined',
              decline_code: 'insufficient_funds',
              message: 'Your card has insufficient funds.',
            },
          },
        },
      },
      fails: 'insufficient_funds',
    },
  ],
})
