// For tests: every service a template uses, as a stand-in on loopback, and stored connections to them.
import type { JsonObject } from '#nodes/kit/json.ts'
import { createVault } from '#server/connections/vault.ts'
import { newId } from '#server/db/id.ts'
import { createEgress } from '#server/egress/client.ts'
import { testDatabases } from '#server/test/databases.ts'
import { type AnthropicScript, anthropicKey, startAnthropicFake } from '#server/test/fakes/anthropic.ts'
import { evolutionKey, fakeEvolution } from '#server/test/fakes/evolution.ts'
import { type FakeCall, type FakeReply, serveFake } from '#server/test/fakes/fake.ts'
import { fakeGoogle, googleHosts } from '#server/test/fakes/google.ts'
import { oauthClient } from '#server/test/fakes/oauth.ts'
import { fakeSlack, slackToken } from '#server/test/fakes/slack.ts'
import { fakeSmtp } from '#server/test/fakes/smtp.ts'
import { fakeStripe, stripeApiKey, stripeWebhookSecret } from '#server/test/fakes/stripe.ts'

/** What a model answers and what the tenant's own systems (shop, stock, sites) answer in one test. */
export interface Script {
  replies: AnthropicScript[]
  site: (call: FakeCall) => FakeReply
}

export async function startServices() {
  const script: Script = { replies: [], site: () => ({ status: 404 }) }
  const [model, slack, stripe, whatsapp, google, mail, site] = await Promise.all([
    startAnthropicFake({ replies: () => script.replies.shift() ?? { text: 'Done.' } }),
    fakeSlack(),
    fakeStripe(),
    fakeEvolution(),
    fakeGoogle({ redirectUris: [] }),
    fakeSmtp({ user: 'shop', password: 'mail password' }),
    serveFake((call) => script.site(call)),
  ])
  const to = (host: string, origin: string) => ({ host, origin })
  const egress = createEgress({
    allow: ['127.0.0.1'],
    services: [
      to('slack.com', slack.url),
      to('api.stripe.com', stripe.url),
      to('example.com', site.url),
      to('*.example.com', site.url),
      ...googleHosts.map((host) => to(host, google.url)),
    ],
  })
  const { owner, urls } = await testDatabases()
  const database = new URL(urls.app)
  const grant = () => ({ accessToken: 'run-out', refreshToken: google.provider.grant(), expiresAtMs: 0 })

  /** The fields of a connection of each kind that the stand-ins take. */
  const fields: Record<string, () => { fields: JsonObject; host: string; tokens?: JsonObject }> = {
    'model.anthropic': () => ({
      fields: { apiKey: anthropicKey, baseUrl: model.url },
      host: new URL(model.url).host,
    }),
    'slack.bot': () => ({ fields: { token: slackToken }, host: 'slack.com' }),
    'stripe.key': () => ({
      fields: { apiKey: stripeApiKey, webhookSecret: stripeWebhookSecret },
      host: 'api.stripe.com',
    }),
    'whatsapp.evolution': () => ({
      fields: { baseUrl: whatsapp.url, instance: 'support', apiKey: evolutionKey },
      host: new URL(whatsapp.url).host,
    }),
    'google.oauth': () => ({
      fields: { clientId: oauthClient.id, clientSecret: oauthClient.secret, access: 'gmail_sheets' },
      host: '*.googleapis.com',
      tokens: grant(),
    }),
    'email.smtp': () => ({
      fields: {
        host: '127.0.0.1',
        port: String(mail.port),
        security: 'none',
        user: 'shop',
        password: 'mail password',
      },
      host: '127.0.0.1',
    }),
    'postgres.login': () => ({
      fields: {
        host: database.hostname,
        port: database.port,
        database: database.pathname.slice(1),
        user: decodeURIComponent(database.username),
        password: decodeURIComponent(database.password),
        tls: 'off',
      },
      host: database.hostname,
    }),
  }

  return {
    script,
    egress,
    model,
    slack,
    stripe,
    whatsapp,
    google,
    mail,
    site,
    /** Stores a connection of this kind; its id. Undefined for a kind nothing stands in for. */
    async connect(tenantId: string, kind: string): Promise<string | undefined> {
      const about = fields[kind]?.()
      if (!about) return undefined
      const id = newId()
      const contents = about.tokens ? { fields: about.fields, tokens: about.tokens } : about.fields
      const { secret } = await testDatabases()
      await owner.query(
        `INSERT INTO connection (tenant_id, id, name, kind, hosts, sealed) VALUES ($1, $2, $3, $4, $5, $6)`,
        [tenantId, id, id, kind, [about.host], createVault(secret).seal({ tenantId, id }, contents)],
      )
      return id
    },
    async close() {
      await egress.close()
      await Promise.all([model, slack, stripe, whatsapp, google, mail, site].map((one) => one.close()))
    },
  }
}
