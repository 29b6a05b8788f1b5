import { createHmac } from 'node:crypto'
import { type FakeCall, type FakeReply, serveFake } from './fake.ts'

export const stripeApiKey = 'sk_test_fake1234567890'
export const stripeWebhookSecret = 'whsec_fake1234567890'

type Stored = Record<string, unknown> & { id: string }

/** What Stripe takes for each address; anything else is `parameter_unknown`. */
const known: Record<string, RegExp> = {
  'POST /v1/customers': /^(email|name|phone|description|metadata\[[^\]]{1,40}\])$/,
  'GET /v1/customers': /^(email|limit)$/,
  'GET /v1/customers/search': /^(query|limit)$/,
  'GET /v1/payment_intents': /^(customer|created\[gte\]|limit)$/,
  'GET /v1/refunds': /^(payment_intent|limit)$/,
  'POST /v1/payment_intents':
    /^(amount|currency|customer|description|payment_method|confirm|off_session|automatic_payment_methods\[enabled\]|metadata\[[^\]]{1,40}\])$/,
  'POST /v1/refunds': /^(payment_intent|amount|reason|metadata\[[^\]]{1,40}\])$/,
}

/** A Stripe account: strict about key, version, media type and parameters; a repeated idempotency key is done once. */
export async function fakeStripe() {
  const customers: Stored[] = []
  const payments: Stored[] = []
  const refunds: Stored[] = []
  const done = new Map<string, { sent: string; reply: FakeReply }>()

  function answer(call: FakeCall): FakeReply {
    if (call.headers.authorization !== `Bearer ${stripeApiKey}`)
      return wrong(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' })
    if (!/^\d{4}-\d{2}-\d{2}/.test(String(call.headers['stripe-version'])))
      return invalid('The version is missing', 'version')
    if (call.path === '/v1/account') return { json: { id: 'acct_1', email: 'acme@example.com' } }
    const one = /^\/v1\/payment_intents\/(pi_\w+)$/.exec(call.path)?.[1]
    if (one && call.method === 'GET') return found(payments, one)
    const name = `${call.method} ${call.path}`
    const allowed = known[name]
    if (!allowed)
      return wrong(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${name})` })
    const isForm = call.headers['content-type'] === 'application/x-www-form-urlencoded'
    if (call.method === 'POST' && !isForm) return invalid('Send a form', 'body')
    const form = new URLSearchParams(call.method === 'POST' ? call.text : call.query)
    for (const field of form.keys())
      if (!allowed.test(field))
        return invalid(`Received unknown parameter: ${field}`, field, 'parameter_unknown')
    return call.method === 'GET' ? list(call.path, form) : once(call, () => change(call.path, form))
  }

  /** The second request with a key gets the first one's answer; with other parameters it is refused. */
  function once(call: FakeCall, work: () => FakeReply): FakeReply {
    const key = call.headers['idempotency-key']
    if (typeof key !== 'string' || key === '') return invalid('These tests want an Idempotency-Key', 'key')
    const before = done.get(key)
    const sent = `${call.path}?${call.text}`
    if (before && before.sent !== sent)
      return wrong(400, {
        type: 'idempotency_error',
        message: 'Keys can only be used with the same parameters',
      })
    const reply = before?.reply ?? work()
    done.set(key, { sent, reply })
    return reply
  }

  function change(path: string, form: URLSearchParams): FakeReply {
    if (path === '/v1/customers') return create(customers, 'cus', { ...objectOf(form), object: 'customer' })
    if (path === '/v1/refunds') return refund(form)
    const amount = Number(form.get('amount'))
    if (!Number.isInteger(amount) || amount < 50)
      return invalid('Amount must be at least 50', 'amount', 'amount_too_small')
    if (!/^[a-z]{3}$/.test(form.get('currency') ?? '')) return invalid('Invalid currency', 'currency')
    const customer = form.get('customer')
    if (customer && !customers.some(({ id }) => id === customer))
      return invalid(`No such customer: '${customer}'`, 'customer', 'resource_missing')
    if (form.get('payment_method') === 'pm_declined')
      return wrong(402, {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        message: 'Your card has insufficient funds.',
      })
    const paid = form.get('confirm') === 'true'
    return create(payments, 'pi', {
      ...objectOf(form),
      object: 'payment_intent',
      amount,
      amount_received: paid ? amount : 0,
      status: paid ? 'succeeded' : 'requires_payment_method',
      client_secret: 'pi_secret',
    })
  }

  function refund(form: URLSearchParams): FakeReply {
    const payment = payments.find(({ id }) => id === form.get('payment_intent'))
    if (!payment) return invalid('No such payment_intent', 'payment_intent', 'resource_missing')
    if (refunds.some(({ payment_intent }) => payment_intent === payment.id))
      return invalid('Charge has already been refunded.', undefined, 'charge_already_refunded')
    const amount = Number(form.get('amount') ?? payment.amount)
    const { currency } = payment
    return create(refunds, 're', {
      object: 'refund',
      payment_intent: payment.id,
      amount,
      currency,
      status: 'succeeded',
      metadata: objectOf(form).metadata,
    })
  }

  function list(path: string, form: URLSearchParams): FakeReply {
    const limit = Number(form.get('limit') ?? 10)
    const pageOf = (all: Stored[]) => ({
      json: { object: 'list', data: all.toReversed().slice(0, limit), has_more: all.length > limit },
    })
    if (path === '/v1/payment_intents') {
      const customer = form.get('customer')
      const since = Number(form.get('created[gte]') ?? 0)
      return pageOf(
        payments.filter((one) => (!customer || one.customer === customer) && Number(one.created) >= since),
      )
    }
    if (path === '/v1/refunds')
      return pageOf(refunds.filter((one) => one.payment_intent === form.get('payment_intent')))
    const wanted = form.get('email') ?? /^email:'(.+)'$/.exec(form.get('query') ?? '')?.[1]
    if (path.endsWith('/search') && !wanted)
      return invalid('We were unable to parse your search query.', 'query')
    const matching = customers.filter(({ email }) => email === wanted)
    return { json: { object: 'list', data: matching.slice(0, limit), has_more: matching.length > limit } }
  }

  const fake = await serveFake(answer)
  return {
    ...fake,
    customers,
    payments,
    refunds,
    services: [{ host: 'api.stripe.com', origin: fake.url }],
    connection: { kind: 'stripe.key', fields: { apiKey: stripeApiKey, webhookSecret: stripeWebhookSecret } },
  }
}

function create(into: Stored[], prefix: string, fields: Record<string, unknown>): FakeReply {
  const created = Math.floor(Date.UTC(2026, 0, 1) / 1_000)
  const made = { id: `${prefix}_${into.length + 1}`, created, ...fields }
  into.push(made)
  return { json: made }
}

function found(among: Stored[], id: string): FakeReply {
  const one = among.find((stored) => stored.id === id)
  return one ? { json: one } : invalid(`No such payment_intent: '${id}'`, 'intent', 'resource_missing', 404)
}

function objectOf(form: URLSearchParams): Record<string, unknown> {
  const metadata: Record<string, string> = {}
  const fields: Record<string, unknown> = { metadata }
  for (const [name, value] of form) {
    const inner = /^metadata\[(.+)\]$/.exec(name)?.[1]
    if (inner) metadata[inner] = value
    else fields[name] = value
  }
  return fields
}

const wrong = (status: number, error: object): FakeReply => ({ status, json: { error } })

function invalid(message: string, param?: string, code = 'parameter_invalid', status = 400): FakeReply {
  return wrong(status, { type: 'invalid_request_error', code, message, ...(param ? { param } : {}) })
}

/** A delivery of an event as Stripe signs it. */
export function stripeDelivery(event: object, about: { secrets?: string[]; atMs?: number } = {}) {
  const { secrets = [stripeWebhookSecret], atMs = Date.now() } = about
  const body = JSON.stringify(event)
  const time = Math.floor(atMs / 1_000)
  const signed = secrets.map((secret) => createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'))
  const signature = [`t=${time}`, ...signed.map((hex) => `v1=${hex}`), `v0=${'0'.repeat(64)}`].join(',')
  return {
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
  }
}
