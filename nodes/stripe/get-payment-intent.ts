import { defineNode, z } from '../kit/index.ts'
import { callStripe, idOf, PaymentIntent, paymentIntent } from './call.ts'

export const stripeGetPaymentIntent = defineNode({
  id: 'stripe.get_payment_intent',
  version: 1,
  title: 'Read a Stripe payment',
  summary: 'Reads a payment intent: its status, its amount and what was received.',
  group: 'app',
  icon: 'credit-card',
  line: 'Read {payment}',
  connection: { kinds: ['stripe.key'], required: true },
  effect: 'read',
  retry: { attempts: 4, delayMs: 1_000 },
  timeoutMs: 60_000,
  params: z.object({ payment: idOf('pi').meta({ title: 'Payment intent', placeholder: 'pi_…' }) }),
  output: PaymentIntent,
  run: async ({ params, http }) =>
    paymentIntent(await callStripe(http, { method: 'GET', path: `payment_intents/${params.payment}` })),
  examples: [
    {
      title: 'One that was paid',
      params: { payment: 'pi_1' },
      replies: {
        'GET https://api.stripe.com/v1/payment_intents/pi_1': {
          status: 200,
          headers: {},
          body: { id: 'pi_1', status: 'succeeded', amount: 1050, amount_received: 1050, currency: 'brl' },
        },
      },
      output: {
        id: 'pi_1',
        status: 'succeeded',
        amount: 1050,
        received: 1050,
        currency: 'brl',
        customer: '',
        clientSecret: '',
        metadata: {},
      },
    },
  ],
})
