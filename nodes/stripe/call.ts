import {
  fail,
  type Http,
  type HttpReply,
  isJsonObject,
  type Json,
  type JsonObject,
  objectIn,
  objectsIn,
  textIn,
  z,
} from '../kit/index.ts'

/** The version of the API these nodes are written for; an account's own default does not change what they get. */
export const stripeVersion = { 'stripe-version': '2024-06-20' }

interface Call {
  method: 'GET' | 'POST'
  /** Below `/v1/`. */
  path: string
  fields?: { [name: string]: Json | undefined }
  /** Of a change: with it Stripe does a repeated request once. */
  key?: string
}

/** One request of Stripe's API: forms out, JSON back, and an error with Stripe's own code. */
export async function callStripe(http: Http, { method, path, fields = {}, key }: Call): Promise<JsonObject> {
  const form = new URLSearchParams(flat(fields)).toString()
  const address = `https://api.stripe.com/v1/${path}`
  const reply = await http(
    method === 'GET'
      ? { url: form === '' ? address : `${address}?${form}`, headers: stripeVersion }
      : {
          method,
          url: address,
          headers: {
            ...stripeVersion,
            'content-type': 'application/x-www-form-urlencoded',
            ...(key ? { 'idempotency-key': key } : {}),
          },
          body: form,
        },
  )
  if (reply.status < 400 && isJsonObject(reply.body)) return reply.body
  throw failureOf(reply)
}

/** The name under which what a step makes carries the step's key, so that it can be found by it. */
const KEY_NAME = 'trama_key'

/** The maker's own metadata, and the step's key. Stripe takes fifty names. */
export const withKey = (metadata: Record<string, string> | undefined, key: string) => ({
  ...metadata,
  [KEY_NAME]: key,
})

/** What a step made, by its key, among a list of Stripe's; `more` when there may be more than was looked at. */
export async function foundByKey(
  http: Http,
  { path, fields, key }: { path: string; fields: Call['fields']; key: string },
): Promise<{ found: JsonObject | undefined; more: boolean }> {
  const said = await callStripe(http, { method: 'GET', path, fields: { ...fields, limit: 100 } })
  const found = objectsIn(said, 'data').find((one) => textIn(objectIn(one, 'metadata'), KEY_NAME) === key)
  return { found, more: said.has_more === true }
}

/** `{ metadata: { order: '7' } }` is `metadata[order]=7`; lists have numbers. */
function flat(fields: { [name: string]: Json | undefined }, within = ''): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    const place = within === '' ? name : `${within}[${name}]`
    if (value === undefined || value === null) return []
    if (typeof value !== 'object') return [[place, String(value)]]
    return flat(Array.isArray(value) ? Object.fromEntries(value.entries()) : value, place)
  })
}

function failureOf({ status, body }: HttpReply) {
  const error = isJsonObject(body) ? objectIn(body, 'error') : undefined
  const code = textIn(error, 'decline_code') || textIn(error, 'code') || textIn(error, 'type')
  const message = textIn(error, 'message') || `Stripe answered with status ${status}`
  const param = textIn(error, 'param')
  return fail(
    /^[a-z0-9_]{1,100}$/.test(code) ? code : `http_${status}`,
    param === '' ? message : `${message} (${param})`,
    // The same request is under way: its outcome is there in a moment.
    { retryable: status === 409 || code === 'lock_timeout' },
  )
}

/** An id becomes part of an address, so it is nothing but an id. */
export const idOf = (prefix: string) =>
  z
    .string()
    .max(200)
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9_]+$`), `An id that begins with ${prefix}_`)

export const Metadata = z.record(z.string().min(1).max(40), z.string().max(500)).optional().meta({
  title: 'Metadata',
  description: 'Names and values of your own, kept with it and sent with its events.',
})

export const Amount = z.number().int().min(1).max(99_999_999).meta({
  title: 'Amount',
  description: 'In the smallest unit of the currency: 1050 is 10.50 in reais or dollars.',
  placeholder: '1050',
})

export const PaymentIntent = z.object({
  id: z.string().meta({ title: 'Id' }),
  status: z.string().meta({ title: 'Status', description: 'succeeded, requires_payment_method, …' }),
  amount: z.number().meta({ title: 'Amount' }),
  received: z.number().meta({ title: 'Amount received' }),
  currency: z.string().meta({ title: 'Currency' }),
  customer: z.string().meta({ title: 'Customer' }),
  clientSecret: z.string().meta({ title: 'Client secret', description: 'For the page where it is paid.' }),
  metadata: z.record(z.string(), z.string()).meta({ title: 'Metadata' }),
})

export function paymentIntent(said: JsonObject): z.infer<typeof PaymentIntent> {
  return {
    id: textIn(said, 'id'),
    status: textIn(said, 'status'),
    amount: numberIn(said, 'amount'),
    received: numberIn(said, 'amount_received'),
    currency: textIn(said, 'currency'),
    customer: textIn(said, 'customer'),
    clientSecret: textIn(said, 'client_secret'),
    metadata: metadataIn(said),
  }
}

export const Customer = z.object({
  id: z.string().meta({ title: 'Id' }),
  email: z.string().meta({ title: 'E-mail' }),
  name: z.string().meta({ title: 'Name' }),
  phone: z.string().meta({ title: 'Phone' }),
  metadata: z.record(z.string(), z.string()).meta({ title: 'Metadata' }),
})

export function customer(said: JsonObject): z.infer<typeof Customer> {
  return {
    id: textIn(said, 'id'),
    email: textIn(said, 'email'),
    name: textIn(said, 'name'),
    phone: textIn(said, 'phone'),
    metadata: metadataIn(said),
  }
}

export function numberIn(said: JsonObject, name: string): number {
  const value = said[name]
  return typeof value === 'number' ? value : 0
}

function metadataIn(said: JsonObject): Record<string, string> {
  const entries = Object.entries(objectIn(said, 'metadata') ?? {}).filter(([name]) => name !== KEY_NAME)
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}
