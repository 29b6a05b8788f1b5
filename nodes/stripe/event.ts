import {
  answered,
  badSignature,
  type Delivery,
  defineTrigger,
  isHmacSha256,
  isRecent,
  JsonObject,
  nothing,
  objectIn,
  readDelivery,
  signedBytes,
  textIn,
  z,
} from '../kit/index.ts'

export const stripeEvent = defineTrigger({
  id: 'stripe.event',
  version: 1,
  title: 'Stripe event',
  summary: 'Starts when something happens in a Stripe account, such as a payment that failed.',
  group: 'trigger',
  icon: 'credit-card',
  line: 'On {events} in Stripe',
  starts: 'event',
  connection: { kinds: ['stripe.key'], required: true },
  params: z.object({
    events: z
      .array(
        z
          .string()
          .max(100)
          .regex(/^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/, 'Such as payment_intent.succeeded')
          .meta({ static: true }),
      )
      .max(50)
      .default(['payment_intent.succeeded'])
      .meta({
        title: 'Events',
        description:
          'Choose the same ones at Stripe, where the address is entered. Empty: all that are sent.',
        placeholder: 'invoice.payment_failed',
        static: true,
      }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'Id of the event' }),
    type: z.string().meta({ title: 'Event' }),
    live: z.boolean().meta({ title: 'Live', description: 'False: it comes from test mode.' }),
    object: JsonObject.meta({
      title: 'What it is about',
      description: 'The payment, the invoice, … as it is now.',
    }),
    before: JsonObject.meta({ title: 'Before', description: 'What changed, as it was.' }),
  }),
  async receive(delivery) {
    await verify(delivery)
    const event = readDelivery(delivery.body)
    const reply = answered({ received: true })
    const [id, type] = [textIn(event, 'id'), textIn(event, 'type')]
    const { events } = delivery.params
    if (id === '' || (events.length > 0 && !events.includes(type))) return nothing(reply)
    const data = objectIn(event, 'data')
    const output = {
      id,
      type,
      live: event.livemode === true,
      object: objectIn(data, 'object') ?? {},
      before: objectIn(data, 'previous_attributes') ?? {},
    }
    return { reply, runs: [{ key: id, output }] }
  },
  examples: [
    {
      title: 'A payment that failed',
      params: { events: ['payment_intent.payment_failed'] },
      output: {
        id: 'evt_1',
        type: 'payment_intent.payment_failed',
        live: false,
        object: { id: 'pi_1', object: 'payment_intent', amount: 1050, customer: 'cus_1' },
        before: {},
      },
    },
  ],
})

/** `t=…,v1=…`: the HMAC of time and body. More than one v1 while a secret is being replaced. */
async function verify({ headers, body, fields, nowMs }: Delivery<unknown>): Promise<void> {
  const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.trim().split('='))
  const time = parts.find(([name]) => name === 't')?.[1] ?? ''
  const about = { secret: textIn(fields, 'webhookSecret'), bytes: signedBytes(`${time}.`, body) }
  const given = parts.flatMap(([name, hex = '']) => (name === 'v1' ? [hex] : [])).slice(0, 5)
  const checks = await Promise.all(given.map((hex) => isHmacSha256(hex, about)))
  if (!isRecent(time, nowMs) || !checks.includes(true)) throw badSignature()
}
