import { afterAll, describe, expect, test } from 'vitest'
import { type TestedConnection, tested } from '#server/test/call-node.ts'
import { fakeCloudflare } from '#server/test/fakes/cloudflare.ts'
import { fakeEvolution } from '#server/test/fakes/evolution.ts'
import { fakeSlack } from '#server/test/fakes/slack.ts'
import { fakeStripe } from '#server/test/fakes/stripe.ts'
import { fakeWhatsappCloud } from '#server/test/fakes/whatsapp-cloud.ts'

const fakes = await Promise.all([
  fakeSlack(),
  fakeStripe(),
  fakeCloudflare(),
  fakeWhatsappCloud(),
  fakeEvolution().then((fake) => ({ ...fake, services: [] })),
])
afterAll(() => Promise.all(fakes.map((fake) => fake.close())))

const accounts: Record<string, string | undefined> = {
  'slack.bot': 'Acme · trama',
  'stripe.key': 'acme@example.com',
  'cloudflare.token': undefined,
  'whatsapp.cloud': '+55 11 5555-0000 · Acme',
  'whatsapp.evolution': 'support',
}
/** As long as what is right, and wrong. */
const wrong: Record<string, object> = {
  'slack.bot': { token: 'xoxb-another-1234567890' },
  'stripe.key': { apiKey: 'sk_test_another1234567890' },
  'cloudflare.token': { token: 'another-token_0123456789abcdefghij' },
  'whatsapp.cloud': { accessToken: 'EAAanother0123456789abcdef' },
  'whatsapp.evolution': { apiKey: 'another-key' },
}

describe.each(fakes.map(({ connection, services }): TestedConnection => ({ ...connection, services })))(
  '$kind',
  (about) => {
    test('says whose account it is', async () => {
      expect((await tested(about)).account).toBe(accounts[about.kind])
    })

    test('says that it is refused', async () => {
      const fields = { ...about.fields, ...wrong[about.kind] }
      await expect(tested({ ...about, fields })).rejects.toMatchObject({
        failure: { code: 'connection_refused' },
      })
    })
  },
)

test('an instance that is not there', async () => {
  const evolution = await fakeEvolution()
  const about = { ...evolution.connection, services: [] }
  const fields = { ...about.fields, instance: 'sales' }
  await expect(tested({ ...about, fields })).rejects.toThrow('There is no instance called sales')
  await evolution.close()
})
