import { type AnthropicScript, anthropicKey, startAnthropicFake } from '../server/test/fakes/anthropic.ts'
import type { AnthropicBody } from '../server/test/fakes/anthropic-rules.ts'
import { evolutionKey, fakeEvolution } from '../server/test/fakes/evolution.ts'
import { type FakeCall, type FakeReply, serveFake } from '../server/test/fakes/fake.ts'
import { fakeSlack, slackToken } from '../server/test/fakes/slack.ts'
import { fakeSmtp } from '../server/test/fakes/smtp.ts'
import { fakeStripe, stripeApiKey, stripeWebhookSecret } from '../server/test/fakes/stripe.ts'

const mailLogin = { user: 'shop', password: 'mail password' }

/** Everything outside that the pictures need, on loopback under the names people know. */
export async function startServices() {
  const [model, whatsapp, slack, stripe, mail, shop] = await Promise.all([
    startAnthropicFake({ replies: replyTo }),
    fakeEvolution(),
    fakeSlack(),
    fakeStripe(),
    fakeSmtp(mailLogin),
    serveFake(shopAnswers),
  ])
  const hosts = {
    'api.anthropic.com': model.url,
    'whatsapp.example.com': whatsapp.url,
    'slack.com': slack.url,
    'api.stripe.com': stripe.url,
    'shop.example.com': shop.url,
    'stock.example.com': shop.url,
  }
  return {
    env: {
      TRAMA_EGRESS_ALLOW: '127.0.0.1',
      TRAMA_SERVICE_HOSTS: Object.entries(hosts)
        .map(([host, url]) => `${host}=${url}`)
        .join(','),
    },
    connections: {
      Claude: { kind: 'model.anthropic', fields: { apiKey: anthropicKey } },
      'Shop number': {
        kind: 'whatsapp.evolution',
        fields: { baseUrl: 'https://whatsapp.example.com', instance: 'support', apiKey: evolutionKey },
      },
      'Acme in Slack': { kind: 'slack.bot', fields: { token: slackToken } },
      Stripe: {
        kind: 'stripe.key',
        fields: { apiKey: stripeApiKey, webhookSecret: stripeWebhookSecret },
      },
      'Mail server': {
        kind: 'email.smtp',
        fields: { host: '127.0.0.1', port: String(mail.port), security: 'none', ...mailLogin },
      },
    },
    stop: () => Promise.all([model, whatsapp, slack, stripe, mail, shop].map((one) => one.close())),
  }
}

/** The shop's and the stock system's answers. The system that knows lamps is down. */
function shopAnswers({ method, path, query }: FakeCall): FakeReply {
  if (path === '/orders')
    return { json: { number: query.get('number'), state: 'on its way', arrives: 'Thursday', total: 48.9 } }
  if (path === '/refunds') return { status: 201, json: { refunded: true } }
  if (method === 'POST') return { status: 201, json: { reserved: true } }
  const sku = query.get('sku')
  if (sku === 'lamp') return { status: 503, json: { error: 'The warehouse is closed' } }
  return { json: { sku, left: sku === 'shirt' ? 1 : 40 } }
}

const usage = { input: 1_840, output: 96, cacheRead: 1_200 }

/** What the model says: it looks up, pays back, hands over and answers, by what it was just told. */
function replyTo({ messages }: AnthropicBody): AnthropicScript {
  const asked = messages.findLastIndex(({ role, content }) => role === 'user' && !isResult(content))
  const said = JSON.stringify(messages[asked])
  const results = messages.slice(asked + 1).filter(({ content }) => isResult(content)).length
  if (said.includes('sell to companies')) return { text: MAX, usage }
  if (said.includes('person'))
    return results === 0
      ? call('hand_off', { text: 'Bruno, 5511955550101: wants to change his delivery address.' })
      : { text: 'A colleague of mine will write to you in a moment.', usage }
  const number = /A-\d{4}/.exec(said)?.[0] ?? 'A-1001'
  if (results === 0) return call('look_up_order', { query_number: number })
  if (said.includes('broken') && results === 1)
    return call('refund', { body_json_order: number, body_json_amount: 48.9 })
  return { text: `Order ${number} is on its way and arrives on Thursday.`, usage }
}

const isResult = (content: unknown) => JSON.stringify(content).includes('"tool_result"')
const call = (name: string, input: Record<string, unknown>): AnthropicScript => ({
  text: name === 'refund' ? 'The order arrived broken, so I will pay it back.' : undefined,
  calls: [{ name, input }],
  usage,
})

const MAX = `Yes, and begin with the ones that already buy from us.

- **Why now**: nine of our last forty orders were for offices, without us doing anything.
- **What it brings**: an office orders four times as much as a household, and asks for an invoice instead of a discount.
- **What I would leave out**: a portal of their own. A form and an invoice are enough for the first twenty.`
