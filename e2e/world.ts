import { type AnthropicScript, anthropicKey, startAnthropicFake } from '../server/test/fakes/anthropic.ts'
import { evolutionDelivery, evolutionKey, fakeEvolution } from '../server/test/fakes/evolution.ts'
import { serveFake } from '../server/test/fakes/fake.ts'

/** The services outside: a model, WhatsApp, and a shop whose API an agent may use. */
export async function startWorld() {
  const script: { replies: AnthropicScript[] } = { replies: [] }
  const [model, whatsapp, shop] = await Promise.all([
    startAnthropicFake({ replies: () => script.replies.shift() ?? { text: 'Anything else?' } }),
    fakeEvolution(),
    serveFake(() => ({ json: { refunded: true } })),
  ])
  return {
    model,
    whatsapp,
    shop,
    /** What the model says from now on, one reply after the other. */
    says(...replies: AnthropicScript[]) {
      script.replies.push(...replies)
    },
    connections: {
      Claude: { kind: 'model.anthropic', fields: { apiKey: anthropicKey, baseUrl: model.url } },
      WhatsApp: {
        kind: 'whatsapp.evolution',
        fields: { baseUrl: whatsapp.url, instance: 'support', apiKey: evolutionKey },
      },
    },
    /** A customer writes: the call that WhatsApp's gateway makes. */
    async writes(address: string, about: { text: string; from?: string }) {
      const { body, headers } = evolutionDelivery(about)
      return fetch(address, { method: 'POST', headers, body })
    },
    stop: () => Promise.all([model, whatsapp, shop].map((one) => one.close())),
  }
}
