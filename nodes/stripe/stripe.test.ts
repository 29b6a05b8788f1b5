import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Calling, caller, failureOf } from '#server/test/call-node.ts'
import { fakeStripe, stripeDelivery, stripeWebhookSecret } from '#server/test/fakes/stripe.ts'
import { type Json, StepFailure } from '../kit/index.ts'
import { stripeEvent } from './event.ts'

let stripe: Awaited<ReturnType<typeof fakeStripe>>
beforeAll(async () => {
  stripe = await fakeStripe()
})
afterAll(() => stripe.close())

let count = 0
const call = (type: string, params: Calling['params'], key = `key-${++count}`) =>
  caller().call(`stripe.${type}`, { params, key, connection: stripe.connection, services: stripe.services })

test('a customer pays and gets it back', async () => {
  const metadata = { 'order nº': '7 & more' }
  const customer = await call('create_customer', { email: 'ada@example.com', name: 'Ada', metadata })
  expect(customer).toEqual({ id: 'cus_1', email: 'ada@example.com', name: 'Ada', phone: '', metadata })
  const ways: Json[] = [
    { kind: 'email', email: 'ada@example.com' },
    { kind: 'search', query: "email:'ada@example.com'" },
  ]
  for (const by of ways)
    expect(await call('find_customers', { by, most: 1 })).toEqual({ customers: [customer], more: false })
  const payment = { kind: 'now', method: 'pm_card' }
  const paid = await call('create_payment_intent', {
    amount: 1050,
    currency: 'BRL',
    customer: 'cus_1',
    payment,
  })
  expect(paid).toMatchObject({
    id: 'pi_1',
    status: 'succeeded',
    amount: 1050,
    received: 1050,
    currency: 'brl',
  })
  expect(await call('get_payment_intent', { payment: 'pi_1' })).toEqual(paid)
  const refund = { id: 're_1', status: 'succeeded', amount: 1050, currency: 'brl', payment: 'pi_1' }
  expect(await call('create_refund', { payment: 'pi_1' })).toEqual(refund)
  expect(await failureOf(call('create_refund', { payment: 'pi_1' }))).toMatchObject({
    code: 'charge_already_refunded',
  })
})

test('a step that is tried again pays once', async () => {
  const before = stripe.payments.length
  const [first, second] = [
    await call('create_payment_intent', { amount: 100 }, 'same'),
    await call('create_payment_intent', { amount: 100 }, 'same'),
  ]
  expect(second).toEqual(first)
  expect(stripe.payments).toHaveLength(before + 1)
})

describe('whether something was made, whose answer never came', () => {
  const ask = (type: string, params: Calling['params'], key: string) =>
    caller().reconcile(`stripe.${type}`, {
      params,
      key,
      connection: stripe.connection,
      services: stripe.services,
    })

  test('is found by the key that it carries', async () => {
    const customer = { email: 'grace@example.com', metadata: { order: '9' } }
    const made = await call('create_customer', customer, 'c')
    expect(await ask('create_customer', customer, 'c')).toEqual({ happened: true, output: made })
    const payment = { amount: 700 }
    const paid = await call('create_payment_intent', payment, 'p')
    expect(await ask('create_payment_intent', payment, 'p')).toEqual({ happened: true, output: paid })
    const refund = { payment: stripe.payments.at(-1)!.id }
    const given = await call('create_refund', refund, 'r')
    expect(await ask('create_refund', refund, 'r')).toEqual({ happened: true, output: given })
  })

  test('is not so when it is not there, and asking makes nothing', async () => {
    const changes = () => stripe.calls.filter(({ method }) => method !== 'GET').length
    const before = changes()
    const nothing = { happened: false }
    expect(await ask('create_customer', { email: 'grace@example.com' }, 'no')).toEqual(nothing)
    expect(await ask('create_payment_intent', { amount: 700 }, 'no')).toEqual(nothing)
    expect(await ask('create_refund', { payment: stripe.payments[0]!.id }, 'no')).toEqual(nothing)
    expect(changes()).toBe(before)
  })

  test('is not known among more than are looked at', async () => {
    for (let index = 0; index < 101; index++)
      stripe.customers.push({ id: `cus_many_${index}`, email: 'many@example.com', metadata: {} })
    expect(await ask('create_customer', { email: 'many@example.com' }, 'no')).toBeNull()
  })
})

test.each<[string, Calling['params'], string]>([
  ['create_payment_intent', { amount: 10 }, 'amount_too_small'],
  ['create_payment_intent', { amount: 100, customer: 'cus_none' }, 'resource_missing'],
  [
    'create_payment_intent',
    { amount: 100, payment: { kind: 'now', method: 'pm_declined' } },
    'insufficient_funds',
  ],
  ['get_payment_intent', { payment: 'pi_none' }, 'resource_missing'],
  ['find_customers', { by: { kind: 'search', query: 'nonsense' } }, 'parameter_invalid'],
])('%s of %j fails with Stripe’s code', async (type, params, code) => {
  expect(await failureOf(call(type, params))).toMatchObject({ code, retryable: false })
})

test('an id cannot lead to another address', async () => {
  await expect(call('get_payment_intent', { payment: 'pi_1/../../customers' })).rejects.toThrow(
    'begins with pi_',
  )
})

describe('an event', () => {
  const event = {
    id: 'evt_1',
    type: 'payment_intent.succeeded',
    livemode: true,
    data: { object: { id: 'pi_1' }, previous_attributes: { status: 'processing' } },
  }
  const receive = (
    { body, headers }: ReturnType<typeof stripeDelivery>,
    events = ['payment_intent.succeeded'],
  ) =>
    stripeEvent.receive?.({
      params: { events },
      fields: { webhookSecret: stripeWebhookSecret },
      method: 'POST',
      headers,
      query: {},
      body: new TextEncoder().encode(body),
      nowMs: Date.now(),
    })

  test('starts a run, named by its id', async () => {
    expect(await receive(stripeDelivery(event))).toEqual({
      reply: { status: 200, headers: {}, body: { received: true } },
      runs: [
        {
          key: 'evt_1',
          output: {
            id: 'evt_1',
            type: 'payment_intent.succeeded',
            live: true,
            object: { id: 'pi_1' },
            before: { status: 'processing' },
          },
        },
      ],
    })
  })

  test('that was not chosen starts nothing; without a choice all do', async () => {
    const other = stripeDelivery({ ...event, type: 'invoice.paid' })
    expect((await receive(other))?.runs).toEqual([])
    expect((await receive(other, []))?.runs).toHaveLength(1)
  })

  test('is believed with either secret while one is replaced', async () => {
    expect(
      (await receive(stripeDelivery(event, { secrets: ['whsec_old', stripeWebhookSecret] })))?.runs,
    ).toHaveLength(1)
  })

  test.each([
    ['of another secret', { secrets: ['whsec_other'] }],
    ['without a signature', { secrets: [] }],
    ['of ten minutes ago', { atMs: Date.now() - 600_000 }],
  ])('%s is refused', async (_, about) => {
    const error = await receive(stripeDelivery(event, about))?.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StepFailure)
    expect(error).toMatchObject({ failure: { code: 'bad_signature' } })
  })
})
