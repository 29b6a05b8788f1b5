import { defineNode, type JsonObject, textIn, z } from '../kit/index.ts'
import { Amount, callStripe, foundByKey, idOf, Metadata, numberIn, withKey } from './call.ts'

export const stripeCreateRefund = defineNode({
  id: 'stripe.create_refund',
  version: 1,
  title: 'Refund a Stripe payment',
  summary:
    'Gives a payment back, whole or in part. Draw it on an error path to undo a payment when what follows fails.',
  group: 'app',
  icon: 'undo-2',
  line: 'Refund {payment}',
  connection: { kinds: ['stripe.key'], required: true },
  effect: 'idempotent',
  destination: ['payment'],
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({
    payment: idOf('pi').meta({ title: 'Payment intent', placeholder: 'pi_…' }),
    amount: Amount.optional().meta({
      title: 'Amount',
      description: 'In the smallest unit of the currency; empty for all of it.',
      placeholder: '1050',
    }),
    reason: z
      .enum(['requested_by_customer', 'duplicate', 'fraudulent'])
      .default('requested_by_customer')
      .meta({
        title: 'Reason',
        options: {
          requested_by_customer: 'The customer asked for it',
          duplicate: 'It was paid twice',
          fraudulent: 'It was a fraud',
        },
      }),
    metadata: Metadata,
  }),
  output: z.object({
    id: z.string().meta({ title: 'Id' }),
    status: z.string().meta({ title: 'Status', description: 'succeeded, pending, requires_action, failed.' }),
    amount: z.number().meta({ title: 'Amount' }),
    currency: z.string().meta({ title: 'Currency' }),
    payment: z.string().meta({ title: 'Payment intent' }),
  }),
  async run({ params, http, idempotencyKey: key }) {
    const { payment, metadata, ...given } = params
    const fields = { payment_intent: payment, ...given, metadata: withKey(metadata, key) }
    return refund(await callStripe(http, { method: 'POST', path: 'refunds', fields, key }))
  },
  async reconcile({ params: { payment }, http, idempotencyKey: key }) {
    const fields = { payment_intent: payment }
    const { found, more } = await foundByKey(http, { path: 'refunds', fields, key })
    if (found) return { happened: true, output: refund(found) }
    return more ? null : { happened: false }
  },
  examples: [
    {
      title: 'All of it',
      params: { payment: 'pi_1' },
      replies: {
        'POST https://api.stripe.com/v1/refunds': {
          status: 200,
          headers: {},
          body: { id: 're_1', status: 'succeeded', amount: 1050, currency: 'brl', payment_intent: 'pi_1' },
        },
      },
      output: { id: 're_1', status: 'succeeded', amount: 1050, currency: 'brl', payment: 'pi_1' },
    },
    {
      title: 'One that was refunded before',
      params: { payment: 'pi_1', amount: 500, reason: 'duplicate' },
      replies: {
        'POST https://api.stripe.com/v1/refunds': {
          status: 400,
          headers: {},
          body: {
            error: {
              type: 'invalid_request_error',
              code: 'charge_already_refunded',
              message: 'Already refunded.',
            },
          },
        },
      },
      fails: 'charge_already_refunded',
    },
  ],
})

function refund(said: JsonObject) {
  return {
    id: textIn(said, 'id'),
    status: textIn(said, 'status'),
    amount: numberIn(said, 'amount'),
    currency: textIn(said, 'currency'),
    payment: textIn(said, 'payment_intent'),
  }
}
